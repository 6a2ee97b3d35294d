/**
 * How much of the programme's hours each person attended, by day and week of the cohort's zone.
 *
 * - A day's minutes are whole and rounded down once; a week's are the sum of its days'. What lies beyond midnight belongs
 *   to the next day, and a day on which the clocks are turned is as long as it is.
 * - What somebody made up counts on the day on which they were there: the session that they missed says how much of it
 *   is credited to it, and is counted in no week once more.
 * - Time unobserved is told apart, and counts in the person's favour when a day is counted as full.
 * - A meeting that was not held, or was skipped less than a day before, was cancelled by the programme for everybody who
 *   was on the roster at its time.
 */
import { type Attendance, type AttendanceStatus, currentStatus, stayWithin } from './attendance.ts';
import type { CohortSettings, Roster } from './cohort.ts';
import type { EndedIndividual } from './individual.ts';
import type { HeldMakeUp } from './make-up.ts';
import type { Occurrence } from './occurrence.ts';
import { allow, type Outcome, refuse } from './outcome.ts';
import type { Person } from './person.ts';
import type { Interval } from './presence.ts';
import type { Ended } from './session.ts';
import { between, DAY, HOUR, MINUTE } from './time.ts';
import { addDays, dateOf, isDate, type LocalDate, mondayOf, type Zones } from './wall-time.ts';

/** Both included. */
export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

export interface PeriodWish {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly weeks?: number | undefined;
}

/** Weeks of a report for which nothing else is asked. */
export const USUAL_WEEKS = 4;
const LONGEST_PERIOD_DAYS = 371;

/** The period that somebody means: whole weeks until today, unless they say otherwise. Refused with `no-such-period`. */
export const periodOf = ({ from, to, weeks }: PeriodWish, today: LocalDate): Outcome<Period> => {
  if ([from, to].some((day) => day !== undefined && !isDate(day))) return refuse({ code: 'no-such-period' });
  const last = to ?? (from !== undefined && weeks !== undefined ? addDays(from, weeks * 7 - 1) : today);
  const first = from ?? addDays(mondayOf(last), -7 * ((weeks ?? USUAL_WEEKS) - 1));
  return first <= last && last <= addDays(first, LONGEST_PERIOD_DAYS)
    ? allow({ from: first, to: last })
    : refuse({ code: 'no-such-period' });
};

/** The moments within which a period lies, the second not included. */
export const momentsOf = (
  { from, to }: Period,
  zone: string,
  zones: Zones,
): { readonly start: Date; readonly end: Date } => ({
  start: zones.place(`${from}T00:00`, zone).at,
  end: zones.place(`${addDays(to, 1)}T00:00`, zone).at,
});

export interface ReportDay {
  readonly date: LocalDate;
  readonly minutes: number;
  readonly unobservedMinutes: number;
  /** As long as the programme counts a day. */
  readonly full: boolean;
}

export interface ReportWeek {
  readonly monday: LocalDate;
  /** Days on which the person was there. */
  readonly days: readonly ReportDay[];
  readonly minutes: number;
  readonly unobservedMinutes: number;
  readonly fullDays: number;
}

/** What became of one meeting for one person. */
export interface ReportMeeting {
  readonly date: LocalDate;
  readonly startedAt: Date;
  /** `individual`: of the person and their therapist alone. */
  readonly kind: 'group' | 'individual';
  /** Of the session, among those of its kind; missing for a meeting that was cancelled. */
  readonly number?: number;
  readonly status: AttendanceStatus;
  readonly minutes: number;
  readonly unobservedMinutes: number;
  /** Credited to it from the meeting in which it was made up; 0 when it was not. */
  readonly madeUpMinutes: number;
  readonly corrected: boolean;
  readonly attested: boolean;
}

export interface PersonReport {
  readonly person: Person;
  /** Under which files name them. */
  readonly code: string;
  readonly weeks: readonly ReportWeek[];
  readonly meetings: readonly ReportMeeting[];
}

export interface Report {
  readonly period: Period;
  readonly zone: string;
  /** Minutes that the programme asks of a week. */
  readonly askedMinutes: number;
  readonly dayMinutes: number;
  /** Of the whole group: that took place, that were planned for a time that has come, and that are attested. */
  readonly sessions: { readonly delivered: number; readonly planned: number; readonly attested: number };
  readonly people: readonly PersonReport[];
}

export interface ReportFacts {
  readonly period: Period;
  readonly zone: string;
  readonly settings: Pick<CohortSettings, 'hoursPerWeek' | 'dayMinutes'>;
  /** Those of which any part lies within the period. */
  readonly sessions: readonly Ended[];
  /** The same, of the sessions of one person and their therapist. */
  readonly individual: readonly EndedIndividual[];
  readonly madeUp: readonly HeldMakeUp[];
  readonly intervals: readonly Interval[];
  readonly attendances: readonly Attendance[];
  /** Ids of the sessions that are attested. */
  readonly attested: ReadonlySet<string>;
  /** Those that begin within the period. */
  readonly occurrences: readonly Occurrence[];
  /** Everybody who was on the roster within the period, once for each time that they were. */
  readonly roster: Roster;
  /** By id of the person. */
  readonly codes: ReadonlyMap<string, string>;
}

/** Skipped so late that it was already counted on. */
const LATE_SKIP = DAY;

/** Whether the programme cancelled a meeting that people had counted on. */
export const isCancelled = (occurrence: Occurrence): boolean =>
  occurrence.state === 'not-held' ||
  (occurrence.state === 'skipped' && between(occurrence.changedAt, occurrence.startsAt) < LATE_SKIP);

const datesIn = (first: LocalDate, last: LocalDate): readonly LocalDate[] => {
  const dates: LocalDate[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) dates.push(date);
  return dates;
};

interface Attended {
  readonly observed: number;
  readonly unobserved: number;
}

/** How long somebody was in sessions on one day, in milliseconds. */
const attendedOn = (
  { sessions, individual, zone }: ReportFacts,
  own: readonly Interval[],
  date: LocalDate,
  zones: Zones,
): Attended => {
  const { start, end } = momentsOf({ from: date, to: date }, zone, zones);
  let [observed, unobserved] = [0, 0];
  for (const { id, startedAt, endedAt } of [...sessions, ...individual]) {
    const window = {
      startedAt: startedAt > start ? startedAt : start,
      endedAt: endedAt < end ? endedAt : end,
    };
    if (window.startedAt >= window.endedAt) continue;
    const stay = stayWithin(
      own.filter(({ sessionId }) => sessionId === id),
      window,
    );
    observed += stay.observed;
    unobserved += stay.unobserved;
  }
  return { observed, unobserved };
};

const dayOf = (facts: ReportFacts, own: readonly Interval[], date: LocalDate, zones: Zones): ReportDay => {
  const { observed, unobserved } = attendedOn(facts, own, date, zones);
  return {
    date,
    minutes: Math.floor(observed / MINUTE),
    unobservedMinutes: Math.floor(unobserved / MINUTE),
    full: observed + unobserved >= facts.settings.dayMinutes * MINUTE,
  };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const weekOf = (monday: LocalDate, days: readonly ReportDay[]): ReportWeek => ({
  monday,
  days: days.filter(({ minutes, unobservedMinutes }) => minutes + unobservedMinutes > 0),
  minutes: sum(days.map(({ minutes }) => minutes)),
  unobservedMinutes: sum(days.map(({ unobservedMinutes }) => unobservedMinutes)),
  fullDays: days.filter(({ full }) => full).length,
});

const weeksOf = (facts: ReportFacts, own: readonly Interval[], zones: Zones): readonly ReportWeek[] => {
  const days = datesIn(facts.period.from, facts.period.to).map((date) => dayOf(facts, own, date, zones));
  return [...Map.groupBy(days, ({ date }) => mondayOf(date))].map(([monday, each]) => weekOf(monday, each));
};

type DateAt = (moment: Date) => LocalDate;

const dateIn =
  ({ zone }: ReportFacts, zones: Zones): DateAt =>
  (moment) =>
    dateOf(zones.wall(moment, zone));

/** A session that began on the day before the period belongs to that day, though its minutes may reach into the period. */
const begunIn = <Each extends Ended | EndedIndividual>(
  sessions: readonly Each[],
  { period }: ReportFacts,
  dateAt: DateAt,
): readonly Each[] => sessions.filter(({ startedAt }) => dateAt(startedAt) >= period.from);

const held = (
  { attendances, attested, madeUp }: ReportFacts,
  personId: string,
  session: Ended | EndedIndividual,
): readonly Omit<ReportMeeting, 'date'>[] => {
  const attendance = attendances.find(
    ({ sessionId, person }) => sessionId === session.id && person.id === personId,
  );
  if (!attendance) return [];
  const { minutes, unobservedMinutes, amendments } = attendance;
  const credited = madeUp.find(({ attendanceId }) => attendanceId === attendance.id);
  return [
    {
      ...{ startedAt: session.startedAt, number: session.number, minutes, unobservedMinutes },
      kind: 'person' in session ? 'individual' : 'group',
      status: currentStatus(attendance),
      madeUpMinutes: credited?.minutes ?? 0,
      corrected: amendments.length > 0,
      attested: attested.has(session.id),
    },
  ];
};

const heldFor = (facts: ReportFacts, personId: string, dateAt: DateAt): readonly ReportMeeting[] =>
  [...begunIn(facts.sessions, facts, dateAt), ...begunIn(facts.individual, facts, dateAt)]
    .flatMap((session) => held(facts, personId, session))
    .map((meeting) => ({ ...meeting, date: dateAt(meeting.startedAt) }));

const wasMember = (roster: Roster, personId: string, at: Date): boolean =>
  roster.some(
    ({ person, enrolledAt, dischargedAt }) =>
      person.id === personId && enrolledAt <= at && (dischargedAt === undefined || dischargedAt > at),
  );

const cancelledFor = (
  { occurrences, roster }: ReportFacts,
  personId: string,
  dateAt: DateAt,
): readonly ReportMeeting[] =>
  occurrences
    .filter(isCancelled)
    .filter(({ individual }) => !individual || individual.person.id === personId)
    .filter(({ startsAt }) => wasMember(roster, personId, startsAt))
    .map(({ startsAt, individual }) => ({
      date: dateAt(startsAt),
      startedAt: startsAt,
      kind: individual ? 'individual' : 'group',
      status: 'cancelled',
      minutes: 0,
      unobservedMinutes: 0,
      madeUpMinutes: 0,
      corrected: false,
      attested: false,
    }));

const personReport = (facts: ReportFacts, person: Person, zones: Zones): PersonReport => {
  const own = facts.intervals.filter(({ personId }) => personId === person.id);
  const dateAt = dateIn(facts, zones);
  const meetings = [...heldFor(facts, person.id, dateAt), ...cancelledFor(facts, person.id, dateAt)];
  return {
    person,
    code: facts.codes.get(person.id) ?? '',
    weeks: weeksOf(facts, own, zones),
    meetings: meetings.toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime()),
  };
};

const plannedIn = ({ occurrences }: ReportFacts): number =>
  occurrences.filter((each) => !each.individual && (each.state === 'held' || isCancelled(each))).length;

/** The report of everybody who was on the roster within the period. */
export const reportOf = (facts: ReportFacts, zones: Zones): Report => {
  const { period, zone, settings, attested, roster } = facts;
  const sessions = begunIn(facts.sessions, facts, dateIn(facts, zones));
  const people = new Map(roster.map(({ person }) => [person.id, person]));
  return {
    period,
    zone,
    askedMinutes: (settings.hoursPerWeek * HOUR) / MINUTE,
    dayMinutes: settings.dayMinutes,
    sessions: {
      delivered: sessions.length,
      planned: plannedIn(facts),
      attested: sessions.filter(({ id }) => attested.has(id)).length,
    },
    people: [...people.values()].map((person) => personReport(facts, person, zones)),
  };
};

/** How often each status came about for a person. */
export const countStatuses = (meetings: readonly ReportMeeting[]): ReadonlyMap<AttendanceStatus, number> => {
  const counts = new Map<AttendanceStatus, number>();
  for (const { status } of meetings) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
};

/** How many sessions a person made up, and the minutes credited to them. */
export const madeUpIn = (
  meetings: readonly ReportMeeting[],
): { readonly sessions: number; readonly minutes: number } => {
  const credited = meetings.map(({ madeUpMinutes }) => madeUpMinutes).filter((minutes) => minutes > 0);
  return { sessions: credited.length, minutes: sum(credited) };
};
