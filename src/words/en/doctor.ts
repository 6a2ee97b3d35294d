/** What admins are told about who gets into the rooms of their groups, and why, in plain words. */
import {
  bypassing,
  type CohortAudit,
  type JudgedAccess,
  type JudgedRoom,
  keyOf,
  type Leak,
  type Power,
  type Risk,
  type RoomAccess,
  type RoomsAudit,
  type ServerAudit,
  type Who,
  type Why,
} from '../../core/room-access.ts';
import type { Action, Card } from '../card.ts';
import { literal, mention, room } from '../markup.ts';
import { warning } from './crisis-lines.ts';
import { counted, listed } from './list.ts';
import { roomName } from './room-names.ts';

const POWERS: Readonly<Record<Power, string>> = {
  see: 'see it',
  connect: 'join the call',
  write: 'write',
  moderate: 'moderate',
  manage: 'change the room or who is in it',
  bypass: 'do everything, whatever stands in the room',
};

const LEAKS: Readonly<Record<Leak, string>> = {
  invitations: 'invite people into it',
  apps: 'use apps of their own there',
  'voice-messages': 'send voice messages',
  sounds: 'play sounds of theirs',
  threads: 'open threads',
};

/** A risk, and what an admin can do about it. */
export const RISK_TEXTS: Readonly<Record<Risk, string>> = {
  'no-two-factor':
    'Moderators of this server need no second factor: whoever guesses one password gets in. The owner can ask for it under Server Settings > Safety Setup.',
  community:
    'This server is a Community: Discord shows more of it than of others. A programme is safer in a server that is none.',
  discoverable:
    'This server can be found by everybody in Discord’s Discovery. Please switch that off: nobody should find a closed group by searching.',
  widget:
    'The widget of this server is switched on: anybody on the web can read who is online and who is in rooms that everybody sees. It is switched off under Server Settings > Engagement.',
  'vanity-address': 'This server has an address that anybody can guess, and come in by.',
};

const whoIs = (who: Who): string => {
  switch (who.kind) {
    case 'hearth':
      return 'Hearth itself';
    case 'everyone':
      return '**Everybody on this server**';
    case 'person':
      return mention(who.account);
    case 'bot':
      return `The bot ${mention(who.account)}`;
    case 'role': {
      const { name, bearers } = who;
      const count = bearers === undefined ? '' : ` (${counted(bearers, 'person', 'people')})`;
      return `The role ${literal(name)}${count}`;
    }
  }
};

const because = (why: Why): string => {
  switch (why.by) {
    case 'owner':
      return 'owns this server';
    case 'administrator':
      return `the role ${literal(why.role)} has Administrator`;
    case 'role':
      return `by the role ${literal(why.role)}`;
    case 'role-here':
      return 'the role was let into the room';
    case 'named':
      return 'is named in the room';
    case 'everyone':
      return 'the room is not closed';
    case 'not-held':
      return 'everybody was given a right there that Hearth does not hold, and so cannot take away: please do it by hand';
  }
};

const NOTES: Readonly<Record<JudgedAccess['verdict'], string>> = {
  expected: '',
  beyond: ' ⚠️ Hearth cannot change that.',
  stray: ' ❗ That ought not to be; Hearth puts it right.',
};

const accessLine = ({ who, may, leaks, why, verdict }: JudgedAccess): string => {
  const can = [...may.map((power) => POWERS[power]), ...leaks.map((leak) => LEAKS[leak])];
  return `- ${whoIs(who)} can ${listed(can)}: ${listed(why.map(because))}.${NOTES[verdict]}`;
};

const ways = ({ invitations, threads, webhooks }: JudgedRoom): readonly string[] => [
  ...(invitations > 0
    ? [`- ❗ ${counted(invitations, 'invitation leads', 'invitations lead')} into it.`]
    : []),
  ...(threads > 0 ? [`- ⚠️ ${counted(threads, 'thread stands', 'threads stand')} open in it.`] : []),
  ...(webhooks === undefined || webhooks === 0
    ? []
    : [`- ❗ ${counted(webhooks, 'webhook writes', 'webhooks write')} into it.`]),
];

const bypassLine = ({ who, why }: RoomAccess): string => `- ${whoIs(who)}: ${listed(why.map(because))}.`;

const bypassLines = (rooms: readonly JudgedRoom[]): readonly string[] => [
  '**Who gets into every room, whatever stands in it**',
  'Discord lets nobody keep them out. Please keep this list short, and tell your groups.',
  ...bypassing(rooms).map(bypassLine),
];

const roomLines = (audited: JudgedRoom, all: ReadonlySet<string>): readonly string[] => [
  '',
  `**${room(audited.channelId)}**, ${roomName(audited)}`,
  ...audited.access.filter(({ who }) => !all.has(keyOf(who))).map(accessLine),
  ...ways(audited),
];

const hearthLines = ({ administrator, missing, more }: RoomsAudit['hearth']): readonly string[] => [
  '**What Hearth itself may do here**',
  administrator
    ? '- ⚠️ Hearth has Administrator. It never asks for that and does not need it: please take it away, and it keeps working.'
    : '- Hearth does not have Administrator, and does not need it.',
  missing.length > 0
    ? `- ❗ It lacks what it needs: ${listed(missing.map(literal))}. What it does not hold it cannot deny to others either. Please give it these.`
    : '- It has all that it needs.',
  more.length > 0
    ? `- ⚠️ It has more than it needs: ${listed(more.map(literal))}. These can be taken from it.`
    : '- It has nothing more than it needs.',
];

const DENIED =
  'Unless a line says otherwise, nobody in a room can invite others into it, use apps of their own in it, send voice messages, play sounds of theirs or open threads: Hearth denies that. What somebody films or writes down on their own screen no bot can keep from happening.';

/** What Discord takes as the text of a card, with room for what stands beneath. */
const MOST = 3_600;

/** Lines in so many pages as they need; a page never begins with an empty line. */
const pagesOf = (lines: readonly string[]): readonly string[] => {
  const pages: string[] = [];
  for (const line of lines) {
    const longer = pages.length > 0 ? `${pages.at(-1)}\n${line}` : line;
    if (longer.length <= MOST) pages.splice(Math.max(0, pages.length - 1), 1, longer);
    else pages.push(line);
  }
  return pages.map((page) => page.trim());
};

const turning = (pages: number, page: number, given: Readonly<Record<string, string>>): readonly Action[] => {
  const to = (label: string, wanted: number): Action => ({
    label,
    command: 'doctor',
    given: { ...given, page: String(wanted) },
    style: 'secondary',
    ...((wanted < 1 || wanted > pages) && { disabled: true }),
  });
  return pages > 1 ? [to('Back', page - 1), to('Next', page + 1)] : [];
};

const card = (
  title: string,
  lines: readonly string[],
  page: number,
  given: Readonly<Record<string, string>>,
): Required<Pick<Card, 'title' | 'text' | 'actions'>> => {
  const pages = pagesOf(lines);
  const at = Math.min(Math.max(page, 1), pages.length);
  const turns = turning(pages.length, at, given);
  return {
    title: pages.length > 1 ? `${title} (${at} of ${pages.length})` : title,
    text: pages[at - 1] ?? '',
    actions: turns.length > 0 ? [turns] : [],
  };
};

const isAstray = ({ rooms }: CohortAudit): boolean =>
  rooms.some(
    ({ access, invitations, webhooks }) =>
      access.some(({ verdict }) => verdict === 'stray') || invitations > 0 || (webhooks ?? 0) > 0,
  );

const groupLine = (audit: CohortAudit): string => {
  const { cohort, rooms } = audit;
  const count = counted(rooms.length, 'room', 'rooms');
  const state = isAstray(audit) ? '❗ not as they ought to be' : 'as they ought to be';
  const ended = cohort.state === 'archived' ? ', which has ended' : '';
  return `- **${literal(cohort.name)}**${ended}: ${count}, ${state}`;
};

/** Groups whose buttons fit beneath the list. */
const MOST_BUTTONS = 20;
const IN_ROW = 5;

const groupButtons = (cohorts: readonly CohortAudit[]): readonly (readonly Action[])[] => {
  const buttons = cohorts.slice(0, MOST_BUTTONS).map(
    ({ cohort: { id, name } }): Action => ({
      label: `Look at ${name}`,
      command: 'doctor',
      given: { cohort: id },
      style: 'secondary',
    }),
  );
  const rows = Math.ceil(buttons.length / IN_ROW);
  return Array.from({ length: rows }, (_, row) => buttons.slice(row * IN_ROW, (row + 1) * IN_ROW));
};

const isTroubled = ({ administrator, missing }: RoomsAudit['hearth']): boolean =>
  administrator || missing.length > 0;

/** All groups of the server. */
export const server = ({ hearth, risks, cohorts }: ServerAudit, page: number, oldLines: number): Card => {
  const lines = [
    ...hearthLines(hearth),
    '',
    ...(cohorts.length > 0 ? [...bypassLines(cohorts.flatMap(({ rooms }) => rooms)), ''] : []),
    ...(risks.length > 0 ? ['**This server**', ...risks.map((risk) => `- ⚠️ ${RISK_TEXTS[risk]}`), ''] : []),
    ...(oldLines > 0
      ? ['**Crisis lines**', `- ⚠️ ${warning(oldLines)} \`/crisis-lines list\` names them.`, '']
      : []),
    '**Groups**',
    ...(cohorts.length > 0 ? cohorts.map(groupLine) : ['- There is none yet.']),
    '',
    'The file has a line for everybody who gets into a room.',
  ];
  const shown = card('Who gets into the rooms', lines, page, {});
  return {
    ...shown,
    actions: [...groupButtons(cohorts), ...shown.actions],
    tone: isTroubled(hearth) || cohorts.some(isAstray) ? 'attention' : 'calm',
  };
};

const ALL_GROUPS: Action = { label: 'All groups', command: 'doctor', style: 'secondary' };

/** One group: each of its rooms. */
export const group = (audit: CohortAudit, page: number): Card => {
  const { cohort, rooms, hearth } = audit;
  const all = new Set(bypassing(rooms).map(({ who }) => keyOf(who)));
  const lines = [
    ...(cohort.state === 'archived'
      ? ['This group has ended, and its rooms stand as it left them.', '']
      : []),
    ...bypassLines(rooms),
    ...rooms.flatMap((each) => roomLines(each, all)),
    ...(rooms.length > 0 ? ['', DENIED] : ['', 'Its rooms are still to be made.']),
  ];
  const shown = card(`Who gets into the rooms of ${literal(cohort.name)}`, lines, page, {
    cohort: cohort.id,
  });
  const [turns = []] = shown.actions;
  return {
    ...shown,
    actions: [[...turns, ALL_GROUPS]],
    tone: isTroubled(hearth) || isAstray(audit) ? 'attention' : 'calm',
  };
};
