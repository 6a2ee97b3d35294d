/**
 * Who attended, for how long, and what the cohort's policy calls it.
 *
 * - Only the session's window counts, from its start to its end; a stretch that is still open lasts until its end.
 * - Stretches that overlap count once, and where a person was observed as well as unobserved, they were observed.
 * - Minutes are whole, and rounded down.
 * - Of these the first that is true is the status:
 *     no-show      never there
 *     partial      there for less than `partialBelowPercent` of the window; time unobserved counts in their favour
 *     late         came `lateAfterMinutes` or more after the start, or after the planned time if that is later
 *     left-early   left for the last time more than `lateAfterMinutes` before the end
 *     present      none of these
 */
import type { AttendancePolicy } from './cohort.ts';
import type { Confidential } from './confidential.ts';
import type { Interval } from './presence.ts';
import { between, MINUTE } from './time.ts';

export const ATTENDANCE_STATUSES = [
  'present',
  'late',
  'left-early',
  'partial',
  'no-show',
  'excused',
  'technical-failure',
  'cancelled',
  'made-up',
] as const;
export type AttendanceStatus = (typeof ATTENDANCE_STATUSES)[number];

export interface Amendment {
  readonly id: string;
  readonly status: AttendanceStatus;
  /** Account of the member of staff who corrected it. */
  readonly by: string;
  readonly at: Date;
  /** For the person and for staff of the group; missing once what was written about the person was erased. */
  readonly reason?: Confidential<string>;
}

/** An amendment as it is made: nobody corrects without a reason. */
export type NewAmendment = Amendment & Required<Pick<Amendment, 'reason'>>;

export interface Attendance {
  readonly id: string;
  readonly sessionId: string;
  readonly person: { readonly id: string; readonly account: string };
  /** As it was computed from presence; never changed afterwards. */
  readonly status: AttendanceStatus;
  /** Whole minutes within the session's window, rounded down. */
  readonly minutes: number;
  readonly unobservedMinutes: number;
  readonly lateMinutes: number;
  readonly amendments: readonly Amendment[];
}

/** A facilitator's word that the attendance of a session is as it was; corrections stay possible, as amendments. */
export interface Attestation {
  readonly sessionId: string;
  /** Account. */
  readonly by: string;
  readonly at: Date;
}

/** Characters of the reason for a correction. */
export const REASON_LENGTH = { fewest: 3, most: 200 } as const;

/** What counts today: the last amendment, or else what was computed. */
export const currentStatus = (attendance: Attendance): AttendanceStatus =>
  attendance.amendments.at(-1)?.status ?? attendance.status;

/** The time that counts for a session's attendance: a pause belongs to it. */
export interface Window {
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** From when people are expected, as in a session that is opened early; its start when missing. */
  readonly expectedAt?: Date;
}

/** How long somebody was there within a window; every length in milliseconds. */
export interface Stay {
  readonly window: number;
  readonly observed: number;
  /** Not observed, but there before and after. */
  readonly unobserved: number;
  /** From when people are expected to the first arrival, seen or not, or to the end for somebody who never came. */
  readonly late: number;
  /** From the last leaving to the end. */
  readonly early: number;
}

/** A stretch in milliseconds from the window's start. */
interface Span {
  readonly from: number;
  readonly to: number;
}

const spansWithin = (intervals: readonly Interval[], { startedAt, endedAt }: Window): readonly Span[] =>
  intervals
    .map(({ start, end = endedAt }) => ({
      from: Math.max(0, between(startedAt, start)),
      to: Math.min(between(startedAt, endedAt), between(startedAt, end)),
    }))
    .filter(({ from, to }) => from < to);

/** Length of everything that the spans cover together. */
const covered = (spans: readonly Span[]): number => {
  let length = 0;
  let reached = 0;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    length += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return length;
};

/** One person's stay, from all their stretches. */
export const stayWithin = (intervals: readonly Interval[], window: Window): Stay => {
  const length = between(window.startedAt, window.endedAt);
  const expected = Math.max(0, between(window.startedAt, window.expectedAt ?? window.startedAt));
  const spans = spansWithin(intervals, window);
  const observed = covered(
    spansWithin(
      intervals.filter(({ seen }) => seen === 'observed'),
      window,
    ),
  );
  return {
    window: length,
    observed,
    unobserved: covered(spans) - observed,
    late: Math.max(0, Math.min(length, ...spans.map(({ from }) => from)) - expected),
    early: length - Math.max(0, ...spans.map(({ to }) => to)),
  };
};

type StatusRule = (stay: Stay, policy: AttendancePolicy) => boolean;

const STATUS_RULES: readonly (readonly [AttendanceStatus, StatusRule])[] = [
  ['no-show', ({ observed, unobserved }) => observed + unobserved === 0],
  [
    'partial',
    ({ observed, unobserved, window }, { partialBelowPercent }) =>
      (observed + unobserved) * 100 < window * partialBelowPercent,
  ],
  ['late', ({ late }, { lateAfterMinutes }) => late >= lateAfterMinutes * MINUTE],
  ['left-early', ({ early }, { lateAfterMinutes }) => early > lateAfterMinutes * MINUTE],
];

const wholeMinutes = (ms: number): number => Math.floor(ms / MINUTE);

/** What a person's stay counts as under the cohort's policy. */
export const attendanceOf = (
  stay: Stay,
  policy: AttendancePolicy,
): Pick<Attendance, 'status' | 'minutes' | 'unobservedMinutes' | 'lateMinutes'> => {
  const [status] = STATUS_RULES.find(([, applies]) => applies(stay, policy)) ?? ['present' as const];
  return {
    status,
    minutes: wholeMinutes(stay.observed),
    unobservedMinutes: wholeMinutes(stay.unobserved),
    lateMinutes: status === 'no-show' ? 0 : wholeMinutes(stay.late),
  };
};
