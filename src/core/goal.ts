/** A goal that can be measured, and how far it has come (goal-attainment scaling: Kiresuk & Sherman 1968). */
import type { Confidential } from './confidential.ts';

export const LEVELS = [-2, -1, 0, 1, 2] as const;
/** -2 much less than expected … 0 as expected … +2 much more than expected. */
export type Level = (typeof LEVELS)[number];

/** Characters of a goal and of a note to it. */
export const GOAL_LENGTH = { fewest: 3, most: 300 } as const;
export const NOTE_LENGTH = 300;

/** Who may read a goal beside the person whose goal it is. */
export const GOAL_READERS = ['staff', 'only-me'] as const;
export type GoalReaders = (typeof GOAL_READERS)[number];

export interface GoalUpdate {
  readonly id: string;
  readonly level: Level;
  readonly note?: Confidential<string>;
  readonly at: Date;
}

export interface Goal {
  readonly id: string;
  /** 1, 2, 3 … for its person in its cohort: how people name it. */
  readonly number: number;
  readonly cohortId: string;
  readonly person: { readonly id: string; readonly account: string };
  readonly text: Confidential<string>;
  readonly readers: GoalReaders;
  /** The day on which it is to be looked at, as YYYY-MM-DD in the cohort's zone. */
  readonly reviewOn: string;
  readonly setAt: Date;
  readonly updates: readonly GoalUpdate[];
}
