/** What can be chosen in a select or a form: as it was given, or people, roles and rooms of the server. */
import { KIND } from '../../check/component.ts';
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

/** People, roles or rooms to choose among, by what is asked for. */
export const choicesAmong = {
  people: (view: View, guildId: string | null) => peopleOf(view, guildId).sort(byLabel),
  roles: (view: View, guildId: string | null) => rolesOf(view, guildId).sort(byLabel),
  mentionable: (view: View, guildId: string | null) =>
    [...peopleOf(view, guildId), ...rolesOf(view, guildId)].sort(byLabel),
  rooms: (view: View, guildId: string | null, kinds: readonly number[] = []) =>
    roomsOf(view, guildId, kinds).sort(byLabel),
};

/** The choices of a part of a message or a form. */
export const choicesOf = (view: View, guildId: string | null, part: Part): readonly Choice[] => {
  switch (part.type) {
    case KIND.userSelect:
      return choicesAmong.people(view, guildId);
    case KIND.roleSelect:
      return choicesAmong.roles(view, guildId);
    case KIND.mentionableSelect:
      return choicesAmong.mentionable(view, guildId);
    case KIND.channelSelect:
      return choicesAmong.rooms(view, guildId, part.channel_types ?? []);
    default:
      return part.options ?? [];
  }
};

/** What is chosen before anybody has chosen. */
export const presetOf = (part: Part): readonly string[] => [
  ...(part.options ?? []).filter((it) => it.default).map(({ value }) => value),
  ...(part.default_values ?? []).map(({ id }) => id),
];
