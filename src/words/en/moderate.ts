/** What facilitators are told of what stands in their session. */
import type { Announcement, Barred } from '../../core/board.ts';
import type { Holds } from '../../core/moderation.ts';
import type { Notice } from '../../core/notice.ts';
import type { Card } from '../card.ts';
import { mention, moment } from '../markup.ts';
import { people } from './people.ts';

const named = (label: string, accounts: readonly string[]): readonly string[] =>
  accounts.length > 0 ? [`${label}: ${people(accounts, '')}`] : [];

/** What stands, one line each; none when nothing does. */
export const holdLines = (holds: Holds): readonly string[] => [
  ...(holds.insideOnly ? ['The voice room is locked: nobody else comes in'] : []),
  ...(holds.isChatHeld ? ['The chat is held: the group reads, and does not write'] : []),
  ...named('Not heard', holds.muted),
  ...holds.timedOut.map(
    ({ account, until }) =>
      `Listening and reading only: ${mention(account)}${until ? `, until ${moment(until, 't')}` : ''}`,
  ),
  ...named('Not in this session', holds.removed),
  ...(holds.aside && !holds.aside.returning
    ? [`Aside: ${mention(holds.aside.account)} with ${mention(holds.aside.facilitator)}`]
    : []),
];

/** What stands now, and that all of it ends. */
export const shown = (holds: Holds): Card => {
  const lines = holdLines(holds);
  return {
    title: 'In this session',
    text: [
      ...(lines.length > 0 ? lines.map((line) => `- ${line}`) : ['Nothing is held.']),
      'All of it ends with the session, and a mute when somebody leaves the room.',
    ].join('\n'),
    ...(lines.length > 0 && { actions: [[{ label: 'Undo all of it', command: 'moderate undo' }]] }),
  };
};

const BARRED: Readonly<
  Record<Exclude<Barred, 'rooms'>, { readonly right: string; readonly text: (whom: string) => string }>
> = {
  mute: {
    right: 'Mute Members',
    text: (whom) => `Hearth may not mute anybody there, so ${whom} is heard as before.`,
  },
  unmute: {
    right: 'Mute Members',
    text: (whom) => `Hearth may not take back a mute there any more, so **${whom} is still muted**.`,
  },
  move: {
    right: 'Move Members',
    text: (whom) => `Hearth may not move anybody there, so ${whom} is where they were.`,
  },
  'move-back': {
    right: 'Move Members',
    text: (whom) => `Hearth may not move anybody there any more, so ${whom} may still be in the room aside.`,
  },
};

const NOT_HELD =
  'Hearth may not change the rooms of this group at this moment, so **what you ask for in this session may not hold there**: please look whether it does, and after it yourselves where it does not. It holds again as soon as people who manage this server give back the right that `/cohort show` names.';

/** What did not come to pass, what can be done by hand, and who can help. */
export const notAllowed = ({ what, account }: Extract<Announcement, { kind: 'not-allowed' }>): string => {
  if (what === 'rooms') return NOT_HELD;
  const { right, text } = BARRED[what];
  const whom = account === undefined ? 'whom it was about' : mention(account);
  return [
    `In the voice room: ${text(whom)}`,
    `You can do it by hand, with a long press or right click on their name. Hearth lacks **${right}**; people who manage this server can give it back, and see with \`/cohort show\` what is missing.`,
  ].join('\n');
};

type Held = Extract<Notice, { kind: 'held' }>;

const HELD: Readonly<Record<Held['act'], (until: string) => string>> = {
  mute: () =>
    'A facilitator has muted you for now. You can still hear and read everything. It ends with this session at the latest.',
  'move-aside': () =>
    'A facilitator would like a moment with you alone. You are in a voice room that only the two of you are in, and you come back to everybody else afterwards.',
  remove: () =>
    'A facilitator has closed the rooms to you until this session ends. They open again by themselves then, and your place is yours as before.',
  'time-out': (until) =>
    `A facilitator has asked you to listen and read only${until}. After that you can speak and write again.`,
};

const HELD_NO_MORE: Readonly<Partial<Record<Held['act'], string>>> = {
  remove:
    'A facilitator has opened the rooms to you again. Your place is yours as before, and you are welcome.',
  'time-out':
    'A facilitator has ended your time of listening and reading only. It is good to have you with us.',
};

/** To somebody to whom it was done, by themselves: what it is, that it ends, and whom they can ask; never why. */
export const toldHeld = ({ act, until, lifted }: Held): string =>
  (lifted && HELD_NO_MORE[act]) ||
  [
    HELD[act](until === undefined ? '' : `, until ${moment(new Date(until), 't')}`),
    'If you would like to know why, ask them to contact you.',
  ].join(' ');
