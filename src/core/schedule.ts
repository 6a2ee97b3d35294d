/**
 * When a cohort meets: a rule for one cycle, and the meetings that follow from it.
 *
 * - A rule names times on the wall clock of the cohort's zone: so a group that meets at six meets at six all year.
 * - Everything that a rule names between its first and its last day is an occurrence, unless the day is a holiday.
 * - Two meetings of a cohort never overlap, whatever their rules.
 */
import type { SessionMinutes } from './agenda.ts';
import { allow, type Outcome, refuse } from './outcome.ts';
import { after, DAY, MINUTE } from './time.ts';
import {
  addDays,
  type ClockChange,
  dateOf,
  isDate,
  type LocalDate,
  type WallTime,
  type Weekday,
  weekdayOf,
  type Zones,
} from './wall-time.ts';

/** `times` as HH:MM, in order. */
export type Slot =
  | { readonly kind: 'weekly'; readonly days: readonly Weekday[]; readonly times: readonly string[] }
  | { readonly kind: 'cron'; readonly expression: string };

export interface Rule {
  readonly slots: readonly Slot[];
  readonly minutes: SessionMinutes;
  /** IANA time zone. */
  readonly zone: string;
  /** Both included. */
  readonly firstDate: LocalDate;
  readonly lastDate: LocalDate;
}

interface Written extends Rule {
  readonly id: string;
  readonly cohortId: string;
  readonly writtenAt: Date;
  /** Account. */
  readonly writtenBy: string;
  /** The schedule in whose place it comes: it is confirmed only while that one is in force. */
  readonly replaces?: string;
  /** Whether its meetings are to stand among the server's scheduled events; as the cohort has it, when missing. */
  readonly shownAsEvents?: boolean;
  readonly version: number;
}

/** Shown to whoever wrote it, and in force only when they have said yes. */
export interface DraftSchedule extends Written {
  readonly state: 'draft';
}
export interface RunningSchedule extends Written {
  readonly state: 'running';
  /** Until when its occurrences are kept as rows. */
  readonly plannedUntil: Date;
}
export interface EndedSchedule extends Written {
  readonly state: 'ended';
  readonly plannedUntil: Date;
  readonly endedAt: Date;
}
export type Schedule = DraftSchedule | RunningSchedule | EndedSchedule;

/** The last day of a cycle that has ended: its rule's, or the day in its zone on which it was ended before that. */
export const lastDayOf = (
  { lastDate, endedAt, zone }: Pick<EndedSchedule, 'lastDate' | 'endedAt' | 'zone'>,
  zones: Pick<Zones, 'wall'>,
): LocalDate => {
  const ended = dateOf(zones.wall(endedAt, zone));
  return ended < lastDate ? ended : lastDate;
};

/** A meeting as the rule names it. */
export interface Meeting {
  readonly wall: WallTime;
  readonly at: Date;
  readonly change: ClockChange;
}

/** The longest cycle, in days. */
export const LONGEST_CYCLE_DAYS = 371;
/** Most meetings of a cycle: three a day on every day would be no programme that anybody could attend. */
export const MOST_MEETINGS = 400;
/** How far ahead occurrences are kept as rows, in days. */
export const PLANNED_AHEAD_DAYS = 28;
/** How long a draft may be confirmed, in milliseconds. */
export const DRAFT_HOLDS = DAY;
/** How many of the next meetings are shown before a rule is saved. */
export const PREVIEWED = 6;

const weeklyTimes = function* (slot: Extract<Slot, { kind: 'weekly' }>, from: LocalDate, to: LocalDate) {
  for (let date = from; date <= to; date = addDays(date, 1)) {
    if (!slot.days.includes(weekdayOf(date))) continue;
    for (const time of slot.times) yield `${date}T${time}`;
  }
};

const cronTimes = function* (expression: string, from: LocalDate, to: LocalDate, zones: Zones) {
  let found = 0;
  for (const wall of zones.cron(expression)?.(`${from}T00:00`) ?? []) {
    // One more than allowed is enough to know that there are too many.
    if (dateOf(wall) > to || found > MOST_MEETINGS) return;
    found += 1;
    yield wall;
  }
};

const wallTimes = ({ slots }: Rule, from: LocalDate, to: LocalDate, zones: Zones): readonly WallTime[] => {
  const all = slots.flatMap((slot) => [
    ...(slot.kind === 'weekly' ? weeklyTimes(slot, from, to) : cronTimes(slot.expression, from, to, zones)),
  ]);
  return [...new Set(all)].toSorted();
};

const later = (one: LocalDate, other: LocalDate): LocalDate => (one > other ? one : other);
const earlier = (one: LocalDate, other: LocalDate): LocalDate => (one < other ? one : other);

/** The meetings that a rule names from one day to another, in order; two names of one moment are one meeting. */
export const meetingsBetween = (
  rule: Rule,
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
  zones: Zones,
): readonly Meeting[] => {
  // A day more on either side: clocks that go forward at midnight make one moment of times on two days.
  const first = later(addDays(from, -1), rule.firstDate);
  const last = earlier(addDays(to, 1), rule.lastDate);
  const meetings = wallTimes(rule, first, last, zones).map((wall) => ({
    wall,
    ...zones.place(wall, rule.zone),
  }));
  const byMoment = new Map(meetings.toReversed().map((meeting) => [meeting.at.getTime(), meeting]));
  return [...byMoment.values()]
    .filter(({ wall }) => dateOf(wall) >= from && dateOf(wall) <= to)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
};

/** All meetings of a cycle, in order. */
export const meetingsOf = (rule: Rule, zones: Zones): readonly Meeting[] =>
  meetingsBetween(rule, { from: rule.firstDate, to: rule.lastDate }, zones);

/** The first two meetings of which the second begins before the first has ended. */
export const overlapIn = <Each extends { readonly at: Date }>(
  meetings: readonly Each[],
  minutes: number,
): readonly [Each, Each] | undefined => {
  for (const [index, meeting] of meetings.entries()) {
    const next = meetings[index + 1];
    if (next && next.at < after(meeting.at, minutes * MINUTE)) return [meeting, next];
  }
  return undefined;
};

const dated = ({ firstDate, lastDate }: Rule, today: LocalDate): Outcome<null> => {
  const farthest = addDays(today, LONGEST_CYCLE_DAYS);
  if (!isDate(firstDate)) return refuse({ code: 'date-unreadable', written: firstDate });
  if (firstDate < today) return refuse({ code: 'schedule-in-the-past', today });
  if (firstDate > farthest) return refuse({ code: 'date-too-far', last: farthest });
  if (!isDate(lastDate)) return refuse({ code: 'date-unreadable', written: lastDate });
  if (lastDate < firstDate) return refuse({ code: 'ends-before-it-begins' });
  if (lastDate > addDays(firstDate, LONGEST_CYCLE_DAYS)) return refuse({ code: 'cycle-too-long' });
  return allow(null);
};

const readable = ({ slots }: Rule, zones: Zones): Outcome<null> => {
  const strange = slots.find((slot) => slot.kind === 'cron' && !zones.cron(slot.expression));
  return strange?.kind === 'cron'
    ? refuse({ code: 'cron-unreadable', written: strange.expression })
    : allow(null);
};

/** The meetings of a rule that may stand, those that are over left out; or why it may not. */
export const checkRule = (rule: Rule, now: Date, zones: Zones): Outcome<readonly Meeting[]> => {
  const dates = dated(rule, dateOf(zones.wall(now, rule.zone)));
  if (!dates.ok) return dates;
  const cron = readable(rule, zones);
  if (!cron.ok) return cron;
  const meetings = meetingsOf(rule, zones);
  if (meetings.length > MOST_MEETINGS) return refuse({ code: 'meets-too-often', most: MOST_MEETINGS });
  const overlap = overlapIn(meetings, rule.minutes);
  if (overlap) return refuse({ code: 'meetings-overlap', first: overlap[0].at, second: overlap[1].at });
  const ahead = meetings.filter(({ at }) => at > now);
  return ahead.length > 0 ? allow(ahead) : refuse({ code: 'never-meets' });
};
