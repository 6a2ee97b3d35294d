/** What can be chosen in a select, a form or a command: as it was given, or people, roles and rooms of the server. */
import { OPTION } from '../../check/command-option.ts';
import { KIND } from '../../check/component.ts';
import type { Option } from './commands.ts';
import { nameOf, roomName, type View } from './view.ts';
import type { Choice, Part } from './wire.ts';

const peopleOf = (view: View, guildId: string | null): Choice[] =>
  [...(view.servers.get(guildId ?? '')?.members.keys() ?? [])].map((id) => ({
    value: id,
    label: nameOf(view, id, guildId),
  }));

const rolesOf = (view: View, guildId: string | null): Choice[] =>
  [...(view.servers.get(guildId ?? '')?.roles.values() ?? [])].map(({ id, name }) => ({
    value: id,
    label: `@${name.replace(/^@/, '')}`,
  }));

const roomsOf = (view: View, guildId: string | null, kinds: readonly number[]): Choice[] =>
  [...view.sight.rooms.values()]
    .filter((room) => room.guildId === guildId && (kinds.length === 0 || kinds.includes(room.type)))
    .map((room) => ({ value: room.id, label: `#${roomName(view, room)}` }));

const byLabel = (a: Choice, b: Choice): number => a.label.localeCompare(b.label);

type Among = (view: View, guildId: string | null, kinds: readonly number[]) => readonly Choice[];

const people: Among = (view, guildId) => peopleOf(view, guildId).sort(byLabel);
const roles: Among = (view, guildId) => rolesOf(view, guildId).sort(byLabel);
const mentionable: Among = (view, guildId) =>
  [...peopleOf(view, guildId), ...rolesOf(view, guildId)].sort(byLabel);
const rooms: Among = (view, guildId, kinds) => roomsOf(view, guildId, kinds).sort(byLabel);
const yesOrNo: Among = () => [
  { label: 'yes', value: 'true' },
  { label: 'no', value: 'false' },
];

const BY_PART: { readonly [type: number]: Among } = {
  [KIND.userSelect]: people,
  [KIND.roleSelect]: roles,
  [KIND.mentionableSelect]: mentionable,
  [KIND.channelSelect]: rooms,
};

const BY_OPTION: { readonly [type: number]: Among } = {
  [OPTION.user]: people,
  [OPTION.role]: roles,
  [OPTION.mentionable]: mentionable,
  [OPTION.channel]: rooms,
  [OPTION.boolean]: yesOrNo,
};

/** The choices of a part of a message or a form. */
export const choicesOf = (view: View, guildId: string | null, part: Part): readonly Choice[] =>
  BY_PART[part.type]?.(view, guildId, part.channel_types ?? []) ?? part.options ?? [];

/** The choices of an option of a command; null when it is written. */
export const choicesOfOption = (
  view: View,
  guildId: string | null,
  { type, choices, channel_types }: Option,
): readonly Choice[] | null =>
  choices?.map(({ name, value }) => ({ label: name, value: String(value) })) ??
  BY_OPTION[type]?.(view, guildId, channel_types ?? []) ??
  null;

/** What is chosen before anybody has chosen. */
export const presetOf = (part: Part): readonly string[] => [
  ...(part.options ?? []).filter((it) => it.default).map(({ value }) => value),
  ...(part.default_values ?? []).map(({ id }) => id),
];
