/** A goal that can be measured, and how far it has come (goal-attainment scaling: Kiresuk & Sherman 1968). */
import type { Confidential } from './confidential.ts';
import { allow, type Outcome, refuse } from './outcome.ts';
import { isDate } from './wall-time.ts';
import { localDate } from './zone.ts';

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

/** Who reads: the person whose goals they are, or staff of the group. */
export type GoalReader = 'author' | 'staff';

/** Of somebody's goals, those that the reader may know of. */
export const goalsFor = (reader: GoalReader, goals: readonly Goal[]): readonly Goal[] =>
  reader === 'author' ? goals : goals.filter(({ readers }) => readers === 'staff');

/** What counts today: the level of the last update; undefined before the first. */
export const currentLevel = ({ updates }: Goal): Level | undefined => updates.at(-1)?.level;

/** The day on which a goal is to be looked at, if it is a real one and ahead of today in the cohort's zone. */
export const reviewDate = (written: string, now: Date, zone: string): Outcome<string> => {
  if (!isDate(written)) return refuse({ code: 'no-such-date' });
  return written > localDate(now, zone) ? allow(written) : refuse({ code: 'date-not-ahead' });
};
