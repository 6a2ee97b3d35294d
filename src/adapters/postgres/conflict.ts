/** What it means for a change when the database, or somebody who was faster, says no. */
import type { Refusal } from '../../core/refusal.ts';

/** Thrown inside a change: somebody wrote what this change had read. It is worth one more try from the beginning. */
export class StaleWrite extends Error {
  override readonly name = 'StaleWrite';
}

/** Thrown inside a change to roll it back: the answer is this refusal. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Postgres's codes for: unique, exclusion, serialization failure, deadlock. */
const SOMEBODY_WAS_FASTER: ReadonlySet<unknown> = new Set(['23505', '23P01', '40001', '40P01']);

const within = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;

/** Where Prisma's errors keep the code that Postgres gave. */
const CODE_PATH = ['meta', 'driverAdapterError', 'cause', 'originalCode'];

/** Whether a change failed only because of a race, so that a second try may well succeed. */
export const lostRace = (error: unknown): boolean =>
  error instanceof StaleWrite || SOMEBODY_WAS_FASTER.has(CODE_PATH.reduce(within, error));

/** For a guarded write: nothing written means that somebody was faster. */
export const expectWritten = ({ count }: { readonly count: number }): void => {
  if (count === 0) throw new StaleWrite();
};
