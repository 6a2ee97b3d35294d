/** Who was there, for how long, and what the cohort's policy calls it. */
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

/** A stretch of being in the cohort's voice room; still going on while `end` is missing. */
export interface Interval {
  readonly id: string;
  readonly sessionId: string;
  readonly personId: string;
  readonly start: Date;
  readonly end?: Date;
  /** `unobserved`: there before and after a gap in which Hearth could not see; kept apart, never counted as seen. */
  readonly seen: 'observed' | 'unobserved';
}

export interface Amendment {
  readonly id: string;
  readonly status: AttendanceStatus;
  /** Account of the member of staff who corrected it. */
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
}

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

/** What counts today: the last amendment, or else what was computed. */
export const currentStatus = (attendance: Attendance): AttendanceStatus =>
  attendance.amendments.at(-1)?.status ?? attendance.status;
