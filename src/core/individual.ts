/**
 * Sessions of one participant and their therapist: the two rooms that are theirs, and what is kept of each session.
 *
 *   begin ──> running ──end──> ended
 *
 * - It begins by itself at its planned time, so that no minute is lost, whoever is there by then.
 * - It ends when the therapist says so; or at its planned end, when the two are no longer both there; or, when they
 *   talk on, as soon as one of them has left. It never outlasts the time for which the rooms are open.
 * - The rooms are open from ten minutes before until half an hour after; outside of that the participant does not see
 *   them, and the therapist may only read.
 */
import { attendanceOf, stayWithin } from './attendance.ts';
import type { AttendancePolicy } from './cohort.ts';
import { endsAt, GIVEN_UP_AFTER, type Occurrence } from './occurrence.ts';
import { allow, type Outcome, refuse } from './outcome.ts';
import type { Person } from './person.ts';
import type { Interval } from './presence.ts';
import { after, earliest, latest, MINUTE } from './time.ts';

/** Minutes that an individual session may be planned for. */
export const INDIVIDUAL_MINUTES = { least: 15, usual: 50, most: 120 } as const;

/** How long before its time the rooms of an individual session open, in milliseconds. */
export const OPENS_BEFORE = 10 * MINUTE;

/**
 * Most pairs of rooms of a cohort: Discord takes fifty rooms under one category, of which four are the group's and six
 * are for those who test a microphone.
 */
export const MOST_PAIRS = 20;

/** Those who meet. */
export interface Two {
  readonly person: Person;
  readonly therapist: Person;
}

/** Two people, and the number of the two rooms that are theirs in the cohort; another therapist gets other rooms. */
export interface Pair extends Two {
  readonly cohortId: string;
  /** 1 for the first pair of the cohort. */
  readonly number: number;
}

interface Kept extends Two {
  readonly id: string;
  readonly cohortId: string;
  /** 1 for the first individual session of the person in the cohort. */
  readonly number: number;
  readonly startedAt: Date;
  readonly version: number;
}

export interface RunningIndividual extends Kept {
  readonly state: 'running';
  readonly plannedEndAt: Date;
}
export interface EndedIndividual extends Kept {
  readonly state: 'ended';
  readonly endedAt: Date;
}
export type IndividualSession = RunningIndividual | EndedIndividual;

type Timing = Pick<Occurrence, 'startsAt' | 'minutes'>;

/** From when until when the rooms of a meeting are open. */
export const openingOf = (meeting: Timing): { readonly from: Date; readonly until: Date } => ({
  from: after(meeting.startsAt, -OPENS_BEFORE),
  until: after(endsAt(meeting), GIVEN_UP_AFTER),
});

/** Whether the rooms are open for a meeting at a moment; never for one that does not take place. */
export const opensRooms = (meeting: Occurrence, now: Date): boolean => {
  const { from, until } = openingOf(meeting);
  return (meeting.state === 'planned' || meeting.state === 'held') && from <= now && now < until;
};

/** Whether two are the same participant with the same therapist. */
export const sameTwo = (one: Two, other: Two): boolean =>
  one.person.id === other.person.id && one.therapist.id === other.therapist.id;

/** The pair with a number, when it is not among those that have one; refused when there are too many already. */
export const pairFor = (
  pairs: readonly Pair[],
  cohortId: string,
  { person, therapist }: Two,
): Outcome<{ readonly pair: Pair; readonly made: 'now' | 'before' }> => {
  const before = pairs.find((pair) => sameTwo(pair, { person, therapist }));
  if (before) return allow({ pair: before, made: 'before' });
  if (pairs.length >= MOST_PAIRS) return refuse({ code: 'too-many-rooms', most: MOST_PAIRS });
  const number = Math.max(0, ...pairs.map((pair) => pair.number)) + 1;
  return allow({ pair: { cohortId, number, person, therapist }, made: 'now' });
};

/** The session of a planned meeting: it counts from the time it was planned for. */
export const beginIndividual = (
  id: string,
  number: number,
  meeting: Timing & { readonly cohortId: string; readonly individual: Two },
): RunningIndividual => ({
  ...meeting.individual,
  id,
  number,
  cohortId: meeting.cohortId,
  startedAt: meeting.startsAt,
  plannedEndAt: endsAt(meeting),
  version: 0,
  state: 'running',
});

/** The last moment at which somebody is known to have been there; undefined when they never came. */
const lastThere = (intervals: readonly Interval[], personId: string, now: Date): Date | undefined =>
  intervals
    .filter((interval) => interval.personId === personId)
    .map(({ end = now }) => end)
    .toSorted((a, b) => b.getTime() - a.getTime())[0];

/**
 * When it ended by itself, given who was there until now: at its planned end, or when the first of two who talked on
 * left. Undefined while it goes on.
 */
export const endedBy = (
  session: RunningIndividual,
  intervals: readonly Interval[],
  now: Date,
): Date | undefined => {
  if (now < session.plannedEndAt) return undefined;
  const both = [session.person.id, session.therapist.id];
  const open = intervals.filter(({ end }) => end === undefined).map(({ personId }) => personId);
  if (both.every((id) => open.includes(id))) return undefined;
  const [one, other] = both.map((id) => lastThere(intervals, id, now));
  const together = one && other && (one < other ? one : other);
  return together && together > session.plannedEndAt ? together : session.plannedEndAt;
};

/** The session after its end, which is never later than its rooms close; refused when it has ended already. */
export const endIndividual = (session: IndividualSession, at: Date): Outcome<EndedIndividual> => {
  if (session.state === 'ended') return refuse({ code: 'session-ended' });
  const { id, cohortId, number, person, therapist, startedAt, version } = session;
  // Whoever is asked to end it in the very first moment ends it then, not before it began.
  const endedAt = latest(startedAt, earliest(at, after(session.plannedEndAt, GIVEN_UP_AFTER)));
  return allow({
    ...{ id, cohortId, number, person, therapist, startedAt, version },
    state: 'ended',
    endedAt,
  });
};

/**
 * What the participant's stay counts as. A session to which the therapist never came was no session: it was the
 * programme that did not keep it, whatever the participant did.
 */
export const individualAttendance = (
  session: EndedIndividual,
  intervals: readonly Interval[],
  policy: AttendancePolicy,
): ReturnType<typeof attendanceOf> => {
  const of = ({ id }: Person): readonly Interval[] => intervals.filter(({ personId }) => personId === id);
  const stay = stayWithin(of(session.person), session);
  const counted = attendanceOf(stay, policy);
  const therapist = stayWithin(of(session.therapist), session);
  return therapist.observed + therapist.unobserved === 0 ? { ...counted, status: 'cancelled' } : counted;
};
