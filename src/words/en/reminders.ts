/** What is said about reminders: how somebody wants them, what was sent, how, or why not. */
import type { NoticeCount, NoticeOutcome, NoticeRecord } from '../../core/ledger.ts';
import type { Reminder } from '../../core/milestone.ts';
import type { Notice } from '../../core/notice.ts';
import type { Occurrence } from '../../core/occurrence.ts';
import type { ContactPreference, NoticeWhy } from '../../core/reminder.ts';
import type { Action, Card } from '../card.ts';
import { fitLines } from '../fit-lines.ts';
import { moment } from '../markup.ts';

/** Reminders as an answer to choose; `none` turns all of them on again. */
export const OFF: Readonly<Record<Reminder | 'none', string>> = {
  none: 'None: send me all of them',
  day: 'A day before',
  hour: 'An hour before',
  'ten-minutes': 'Ten minutes before',
};

/** Whether somebody wants direct messages, as an answer to choose. */
export const DIRECT: Readonly<Record<'yes' | 'no', string>> = {
  yes: 'Yes, send me direct messages',
  no: 'No direct messages',
};

/** A time, with how long it is until then. */
export const fullTime = (at: Date): string => `${moment(at, 'F')} (${moment(at, 'R')})`;

export const REMIND_DIRECTLY: Action = {
  label: 'Remind me by direct message',
  command: 'reminders choose',
  given: { direct: 'yes' },
};
export const TAKE_OVER: Action = {
  label: 'Take over and open the session',
  command: 'session open',
  style: 'primary',
};

const IN_ROOM =
  'A message in the room of your group reminds everybody at once. It says when, and names nobody.';

/** Told to whoever may enter the rooms from now on. */
export const REMINDED_HERE = `${IN_ROOM} If you would rather be reminded by yourself, press the button. You can change that, or turn reminders off, with \`/reminders choose\`.`;

const WAYS = {
  direct:
    'You are reminded by direct message. It says when, and not what for. If your direct messages are closed, you are called by name in the room of your group instead.',
  room: IN_ROOM,
  staffDirect:
    'When a session has nobody to open it, you are asked in the staff room, and by direct message.',
  staffRoom: 'When a session has nobody to open it, you are asked in the staff room.',
} as const;

export interface ReminderFacts {
  readonly preference: ContactPreference;
  /** Those that the group sends. */
  readonly reminders: readonly Reminder[];
  /** Staff are not reminded of sessions; they may be asked to take over. */
  readonly reader: 'participant' | 'staff';
}

const lower = (label: string): string => `${label.slice(0, 1).toLowerCase()}${label.slice(1)}`;

const stateLine = (reminder: Reminder, off: readonly Reminder[]): string =>
  `- ${OFF[reminder]}: ${off.includes(reminder) ? 'off' : 'on'}`;

const linesOf = ({ preference: { direct, off }, reminders, reader }: ReminderFacts): readonly string[] => {
  if (reader === 'staff') return [direct ? WAYS.staffDirect : WAYS.staffRoom];
  if (reminders.length === 0) return ['Your group sends no reminders.'];
  return [
    direct ? WAYS.direct : WAYS.room,
    ...reminders.map((reminder) => stateLine(reminder, off)),
    'When you have said that you cannot come, you are left in peace.',
    ...(direct || off.length === 0
      ? []
      : [
          'What you turned off is not sent to you by name; the message to everybody still stands in the room.',
        ]),
  ];
};

const toggle = (reminder: Reminder, off: readonly Reminder[]): Action => {
  const isOff = off.includes(reminder);
  const then = isOff ? off.filter((each) => each !== reminder) : [...off, reminder];
  return {
    label: `${isOff ? 'Turn on' : 'Turn off'}: ${lower(OFF[reminder])}`,
    command: 'reminders choose',
    given: { off: then.length > 0 ? then.join(',') : 'none' },
  };
};

const actionsOf = ({ preference, reminders, reader }: ReminderFacts): readonly (readonly Action[])[] => {
  const way: Action = preference.direct
    ? { label: 'No direct messages', command: 'reminders choose', given: { direct: 'no' } }
    : {
        ...REMIND_DIRECTLY,
        label: reader === 'staff' ? 'Ask me by direct message, too' : REMIND_DIRECTLY.label,
      };
  return [[way], reader === 'staff' ? [] : reminders.map((reminder) => toggle(reminder, preference.off))];
};

/** How somebody is reminded now, with what they can change. */
export const chosen = (facts: ReminderFacts): Card => ({
  title: 'Your reminders',
  text: linesOf(facts).join('\n'),
  actions: actionsOf(facts),
});

const WHY: Readonly<Record<NoticeWhy, string>> = {
  closed: 'direct messages were closed',
  'opted-out': 'turned off',
  'not-coming': 'could not come',
  'not-signed': 'the agreement was not signed',
  'has-begun': 'it had begun already',
  superseded: 'a later one was due at the same time',
  moved: 'the time was changed',
  'room-gone': 'no room to say it in',
  settled: 'it was settled already',
  unsure: 'whether it arrived is not known',
};

const HOW: Readonly<Record<NoticeOutcome['outcome'], string>> = {
  pending: 'on its way',
  direct: 'by direct message',
  mention: 'by name in a room',
  room: 'in the message to everybody',
  dropped: 'not sent',
};

const how = ({
  outcome,
  why,
}: {
  readonly outcome: NoticeOutcome['outcome'];
  readonly why?: NoticeWhy;
}): string => {
  const way = why === 'unsure' ? 'perhaps sent' : HOW[outcome];
  return why ? `${way} (${WHY[why]})` : way;
};

const KINDS: Readonly<Record<Notice['kind'], string>> = {
  reminder: 'Reminder',
  'take-over': 'You were asked to take over',
  task: 'Something waited for you',
  goodbye: 'You were thanked as you left',
  individual: 'A time that was kept for you',
  'make-up': 'A time that was offered to you',
  alert: 'An alert',
  'break-glass': 'An emergency access',
  held: 'You were told what a facilitator did in a session',
  'device-forgotten': 'A device of yours that was forgotten',
};

const ownLine = (record: NoticeRecord): string => {
  if (!('person' in record)) return '';
  const { notice, reminder, state, why } = record;
  const what = reminder ? OFF[reminder] : KINDS[notice.kind];
  const of = 'startsAt' in notice ? ` ${moment(new Date(notice.startsAt), 'f')}` : '';
  return `- ${what}${of}: ${how({ outcome: state.outcome, ...(why && { why }) })}`;
};

/** Characters of a list on a card. */
const MOST = 3_500;

const more = (count: number): string => `- and ${count} earlier`;

/** What was sent to somebody themselves, the latest first. */
export const history = (records: readonly NoticeRecord[]): Card => ({
  title: 'What was sent to you',
  text: records.length > 0 ? fitLines(records.map(ownLine), MOST, more) : 'Nothing has been sent to you yet.',
});

export interface Counted {
  readonly occurrence: Pick<Occurrence, 'startsAt'>;
  readonly counts: readonly NoticeCount[];
}

const countLine = ({ occurrence, counts }: Counted): string =>
  [`**${moment(occurrence.startsAt, 'F')}**`, ...counts.map((each) => `- ${each.count} ${how(each)}`)].join(
    '\n',
  );

/** For staff: how people were reminded of each meeting, in numbers, the latest meeting first. */
export const overview = (meetings: readonly Counted[]): Card => ({
  title: 'Reminders of the last meetings',
  text:
    meetings.length > 0
      ? fitLines(meetings.map(countLine), MOST, more)
      : 'Nobody has been reminded of anything yet.',
});
