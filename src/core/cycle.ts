/** A cycle of a cohort: the weeks for which a closed group agrees to be together. */
import type { Cohort } from './cohort.ts';
import type { LocalDate } from './wall-time.ts';

export interface Cycle {
  readonly id: string;
  readonly cohortId: string;
  /** 1, 2, 3 … in its cohort. */
  readonly number: number;
  /** The round of consent with which it began: what is signed from then on is signed in it. */
  readonly consentRound: number;
  /** Until when it is planned; it ends when somebody ends it. */
  readonly lastDay: LocalDate;
  /** Account of the admin. */
  readonly begunBy: string;
  readonly begunAt: Date;
  readonly ended?: { readonly by: string; readonly at: Date };
}

/** The one that has not ended; `cycles` by number. */
export const runningCycle = (cycles: readonly Cycle[]): Cycle | undefined =>
  cycles.find(({ ended }) => ended === undefined);

/** Whether its last day has passed, and nobody has ended it; `today` in the zone of the cohort. */
export const isPast = ({ ended, lastDay }: Pick<Cycle, 'ended' | 'lastDay'>, today: LocalDate): boolean =>
  ended === undefined && lastDay < today;

/** Whether cycles were begun and all have ended: until the next begins, there is nothing to meet for. */
export const betweenCycles = (cycles: readonly Cycle[]): boolean =>
  cycles.length > 0 && runningCycle(cycles) === undefined;

/** Whether everybody signs again at its beginning: not for the first, if nothing has begun yet: what is signed, is signed for it. */
export const signsAgain = (cohort: Pick<Cohort, 'begunAt'>, cycles: readonly Cycle[]): boolean =>
  cycles.length > 0 || cohort.begunAt !== undefined;
