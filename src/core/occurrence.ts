/**
 * One planned meeting, and the one function that may change it.
 *
 *   planned ──skip──> skipped ──restore──> planned
 *      │ ──move──> planned (elsewhere in time)
 *      ├── hold ──> held        a session was opened for it
 *      └── lapse ─> not-held    its time went by, and nobody opened a session
 *
 * - A new schedule that names the same moment takes a meeting over as it is, so that nothing flickers.
 * - What has begun is neither skipped nor moved: it is history, and history is never changed.
 * - A move keeps where the schedule had put it, so that the schedule does not make it a second time.
 */
import { allow, type Outcome, refuse } from './outcome.ts';
import type { Person } from './person.ts';
import { after, HOUR, MINUTE } from './time.ts';
import type { WallTime } from './wall-time.ts';

/** Why a meeting does not take place: left out, a holiday, a new schedule, or the end of the schedule. */
export const SKIPPED_FOR = ['skip', 'holiday', 'replaced', 'ended'] as const;
export type SkippedFor = (typeof SKIPPED_FOR)[number];

interface Plan {
  readonly id: string;
  readonly cohortId: string;
  /** Missing for a meeting that was added by hand. */
  readonly scheduleId?: string;
  /** Where the schedule put it on the wall clock of the zone; a move leaves it. */
  readonly wall: WallTime;
  readonly zone: string;
  /** Missing for a meeting of the whole group. */
  readonly individual?: { readonly person: Person; readonly therapist: Person };
  readonly startsAt: Date;
  readonly minutes: number;
  /** When it was to begin before it was first moved. */
  readonly movedFrom?: Date;
  /** Counts its changes, for calendars. */
  readonly revision: number;
  readonly changedAt: Date;
  readonly version: number;
}

export interface PlannedOccurrence extends Plan {
  readonly state: 'planned';
}
export interface SkippedOccurrence extends Plan {
  readonly state: 'skipped';
  readonly skippedFor: SkippedFor;
}
export interface HeldOccurrence extends Plan {
  readonly state: 'held';
  readonly sessionId: string;
}
export interface NotHeldOccurrence extends Plan {
  readonly state: 'not-held';
}
export type Occurrence = PlannedOccurrence | SkippedOccurrence | HeldOccurrence | NotHeldOccurrence;

/** How long before its time a session may be opened for a meeting, in milliseconds. */
export const OPENED_EARLY = HOUR;
/** How long after its planned end a meeting that nobody opened is given up, in milliseconds. */
export const GIVEN_UP_AFTER = 30 * MINUTE;

/** Longest meeting, in milliseconds. */
export const LONGEST_MEETING = 4 * HOUR;

export const endsAt = ({ startsAt, minutes }: Pick<Plan, 'startsAt' | 'minutes'>): Date =>
  after(startsAt, minutes * MINUTE);

export type OccurrenceRequest =
  | { readonly kind: 'skip'; readonly why: SkippedFor }
  | { readonly kind: 'restore' }
  | { readonly kind: 'move'; readonly to: Date }
  /** A new schedule names the same moment: the meeting stays, moved or skipped as it is, and belongs to that one. */
  | {
      readonly kind: 'adopt';
      readonly by: { readonly scheduleId: string; readonly zone: string; readonly minutes: number };
      readonly wall: WallTime;
    }
  | { readonly kind: 'hold'; readonly sessionId: string }
  | { readonly kind: 'lapse' };

const changed = <Next extends Occurrence>(next: Next, now: Date): Next => ({
  ...next,
  revision: next.revision + 1,
  changedAt: now,
});

const plan = (occurrence: Occurrence): PlannedOccurrence => {
  const { id, cohortId, scheduleId, wall, zone, individual, startsAt, minutes, movedFrom } = occurrence;
  const { revision, changedAt, version } = occurrence;
  return {
    ...{ id, cohortId, wall, zone, startsAt, minutes, revision, changedAt, version, state: 'planned' },
    ...(scheduleId !== undefined && { scheduleId }),
    ...(individual && { individual }),
    ...(movedFrom && { movedFrom }),
  };
};

const adopt = <Kept extends PlannedOccurrence | SkippedOccurrence | HeldOccurrence>(
  occurrence: Kept,
  { by, wall }: Extract<OccurrenceRequest, { kind: 'adopt' }>,
  now: Date,
): Outcome<Occurrence> => {
  if (occurrence.startsAt <= now) return refuse({ code: 'meeting-has-begun' });
  const adopted: Kept = { ...occurrence, ...by, wall };
  return allow(by.minutes === occurrence.minutes ? adopted : changed(adopted, now));
};

const move = (occurrence: PlannedOccurrence, to: Date, now: Date): Outcome<Occurrence> => {
  if (to <= now) return refuse({ code: 'move-into-the-past' });
  if (to.getTime() === occurrence.startsAt.getTime()) return refuse({ code: 'meeting-is-then' });
  const movedFrom = occurrence.movedFrom ?? occurrence.startsAt;
  return allow(changed({ ...occurrence, startsAt: to, movedFrom }, now));
};

const whilePlanned = (
  occurrence: PlannedOccurrence,
  request: OccurrenceRequest,
  now: Date,
): Outcome<Occurrence> => {
  switch (request.kind) {
    case 'hold':
      return allow({ ...occurrence, state: 'held', sessionId: request.sessionId });
    case 'lapse':
      return allow({ ...occurrence, state: 'not-held' });
    case 'restore':
      return allow(occurrence);
    case 'adopt':
      return adopt(occurrence, request, now);
    case 'skip':
      return occurrence.startsAt <= now
        ? refuse({ code: 'meeting-has-begun' })
        : allow(changed({ ...occurrence, state: 'skipped', skippedFor: request.why }, now));
    case 'move':
      return occurrence.startsAt <= now
        ? refuse({ code: 'meeting-has-begun' })
        : move(occurrence, request.to, now);
  }
};

const whileSkipped = (
  occurrence: SkippedOccurrence,
  request: OccurrenceRequest,
  now: Date,
): Outcome<Occurrence> => {
  if (request.kind === 'skip') return allow(occurrence);
  if (request.kind === 'adopt') return adopt(occurrence, request, now);
  if (request.kind !== 'restore') return refuse({ code: 'meeting-is-skipped' });
  if (occurrence.startsAt <= now) return refuse({ code: 'meeting-has-begun' });
  return allow(changed(plan(occurrence), now));
};

/** The meeting after a request, or why not. The only way in which an occurrence changes. */
export const changeOccurrence = (
  occurrence: Occurrence,
  request: OccurrenceRequest,
  now: Date,
): Outcome<Occurrence> => {
  switch (occurrence.state) {
    case 'planned':
      return whilePlanned(occurrence, request, now);
    case 'skipped':
      return whileSkipped(occurrence, request, now);
    case 'held':
      // A session may be opened before the time of its meeting: that one is not made a second time, either.
      return request.kind === 'adopt'
        ? adopt(occurrence, request, now)
        : refuse({ code: 'meeting-has-begun' });
    case 'not-held':
      return refuse({ code: 'meeting-has-begun' });
  }
};

/** Of the meetings given, the first that is going on while one of so many minutes would be. */
export const overlapWith = <Each extends Pick<Occurrence, 'startsAt' | 'minutes'>>(
  wish: Pick<Occurrence, 'startsAt' | 'minutes'>,
  others: readonly Each[],
): Each | undefined => others.find((other) => other.startsAt < endsAt(wish) && wish.startsAt < endsAt(other));

/** Of the planned meetings given, the one for which a session that is opened now is held. */
export const meetingFor = (planned: readonly PlannedOccurrence[], now: Date): PlannedOccurrence | undefined =>
  planned
    .filter(
      (each) => after(each.startsAt, -OPENED_EARLY) <= now && now <= after(endsAt(each), GIVEN_UP_AFTER),
    )
    .toSorted((a, b) => Math.abs(+a.startsAt - +now) - Math.abs(+b.startsAt - +now))[0];

/** Of the planned meetings given, one that a meeting of so many minutes would overlap. */
export const overlapping = <Each extends Pick<Plan, 'id' | 'startsAt' | 'minutes'>>(
  planned: readonly Each[],
  meeting: Pick<Plan, 'id' | 'startsAt' | 'minutes'>,
): Each | undefined =>
  planned.find(
    (each) => each.id !== meeting.id && each.startsAt < endsAt(meeting) && meeting.startsAt < endsAt(each),
  );
