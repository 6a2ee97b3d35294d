/**
 * Who is reminded of a meeting, and how; and who is left in peace.
 *
 * - By direct message only who asked for it; everybody else by one message in the group's room, which names nobody.
 * - Who cannot come, has not signed, or turned a reminder off is left in peace.
 * - Of several reminders that are due at once, the latest is sent: the others would say the same.
 * - Once the meeting has begun, or is to begin at another time, no reminder of it is of use.
 */
import type { Reminder } from './milestone.ts';
import type { Occurrence } from './occurrence.ts';
import type { RsvpAnswer } from './rsvp.ts';

/** How somebody of a group wants to be reached. */
export interface ContactPreference {
  /** By direct message, which nobody gets who did not ask for it. */
  readonly direct: boolean;
  readonly off: readonly Reminder[];
}

/** Of whoever has chosen nothing. */
export const USUAL_PREFERENCE: ContactPreference = { direct: false, off: [] };

/** Why somebody was not told, or not in the way that they had asked for. */
export const NOTICE_WHYS = [
  'closed',
  'opted-out',
  'not-coming',
  'not-signed',
  'has-begun',
  'superseded',
  'moved',
  'room-gone',
  'settled',
  'unsure',
] as const;
export type NoticeWhy = (typeof NOTICE_WHYS)[number];

/** What is known of somebody of the roster when they may be reminded. */
export interface Reminded {
  readonly signed: boolean;
  /** Missing when they have not said. */
  readonly answer?: RsvpAnswer;
  readonly preference: ContactPreference;
}

/** Why no reminder of a meeting that was to begin then is of use to anybody now; undefined while it is. */
export const uselessNow = (
  { state, startsAt }: Pick<Occurrence, 'state' | 'startsAt'>,
  meant: Date,
  now: Date,
): NoticeWhy | undefined => {
  if (state === 'skipped' || startsAt.getTime() !== meant.getTime()) return 'moved';
  return state !== 'planned' || startsAt <= now ? 'has-begun' : undefined;
};

/** Why somebody is not to be reminded; undefined when they are. */
export const leftInPeace = (
  { signed, answer, preference }: Reminded,
  reminder: Reminder,
): NoticeWhy | undefined => {
  if (!signed) return 'not-signed';
  if (answer === 'not-coming') return 'not-coming';
  return preference.off.includes(reminder) ? 'opted-out' : undefined;
};

/** Whether another that is due at the same time says what this one would: theirs, when it comes to them alone. */
export const isSuperseded = (
  { preference: { direct, off } }: Reminded,
  reminder: Reminder,
  due: readonly Reminder[],
): boolean => due.findLast((each) => !direct || !off.includes(each)) !== reminder;
