/** The second factor of somebody: a secret that their own device turns into a code every half minute. */
import { allow, type Outcome, refuse } from './outcome.ts';
import { after, earliest, HOUR, SECOND } from './time.ts';

export interface SecondFactor {
  readonly personId: string;
  /** In base32, as apps take it. */
  readonly secret: string;
  /** When a code first proved that the person has it; until then another one may take its place. */
  readonly confirmedAt?: Date;
  /** The half minute whose code was taken last: none is taken twice. */
  readonly lastStep?: number;
  /** Wrong codes since the last right one. */
  readonly failures: number;
  readonly waitUntil?: Date;
}

/** So many wrong codes are a slip of the thumb. */
const FREE_FAILURES = 3;
const FIRST_WAIT = 30 * SECOND;
const LONGEST_WAIT = HOUR;

/** Whether a code may be tried now. */
export const mayTry = ({ waitUntil }: SecondFactor, now: Date): Outcome<null> =>
  waitUntil && now < waitUntil ? refuse({ code: 'wait-before-code', until: waitUntil }) : allow(null);

/** After a wrong code: from the third on, each wait is twice the one before. */
export const failed = (factor: SecondFactor, now: Date): SecondFactor => {
  const failures = factor.failures + 1;
  if (failures < FREE_FAILURES) return { ...factor, failures };
  const wait = FIRST_WAIT * 2 ** Math.min(failures - FREE_FAILURES, 10);
  return { ...factor, failures, waitUntil: earliest(after(now, wait), after(now, LONGEST_WAIT)) };
};

/** After a right one, of that half minute; without, by a code for when the device is lost. */
export const passed = (
  { waitUntil: _over, ...factor }: SecondFactor,
  now: Date,
  step: number | undefined,
): SecondFactor => ({
  ...factor,
  confirmedAt: factor.confirmedAt ?? now,
  failures: 0,
  ...(step !== undefined && { lastStep: step }),
});
