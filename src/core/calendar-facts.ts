/** What people are told about the calendar of a cohort: facts only; `words` makes cards of them. */
import type { Cohort } from './cohort.ts';
import type { PlannedOccurrence, SkippedOccurrence } from './occurrence.ts';
import type { Replacement } from './replacement.ts';
import type { DraftSchedule, Meeting, RunningSchedule } from './schedule.ts';
import type { ClockChange, LocalDate, WallTime, Zones } from './wall-time.ts';

/** A meeting ahead, with what the clocks show when it begins. */
export interface Upcoming {
  readonly at: Date;
  /** As the schedule names it. */
  readonly wall: WallTime;
  /** What the clocks of the zone show then: another time, when clocks go forward over the one that is named. */
  readonly begins: WallTime;
  readonly change: ClockChange;
}

/** A meeting of a rule, as it is told. */
export const upcoming = (meeting: Meeting, zone: string, zones: Zones): Upcoming => ({
  ...meeting,
  begins: zones.wall(meeting.at, zone),
});

/** Before a schedule is saved. */
export interface DraftFacts {
  readonly cohort: Cohort;
  readonly draft: DraftSchedule;
  readonly shownAsEvents: boolean;
  /** Those that take place, in order. */
  readonly meetings: readonly Upcoming[];
  /** How many are named and do not take place, for a holiday. */
  readonly onHolidays: number;
  readonly replaced?: RunningSchedule;
  readonly replacement: Replacement;
  /** When the zone changes: what the clocks of the zone before show at the first meeting. */
  readonly wallBefore?: WallTime;
}

/** The calendar as it stands. */
export interface CalendarFacts {
  readonly cohort: Cohort;
  readonly schedule?: RunningSchedule;
  /** While none runs: of the cycle that was the last. */
  readonly lastDay?: LocalDate;
  readonly next: readonly Upcoming[];
  readonly holidays: readonly LocalDate[];
  readonly skipped: readonly SkippedOccurrence[];
  readonly moved: readonly PlannedOccurrence[];
}
