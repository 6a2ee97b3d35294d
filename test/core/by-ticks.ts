/** An oracle of attendance that knows no intervals: it counts second by second. */
import type { AttendanceStatus } from '../../src/core/attendance.ts';
import type { AttendancePolicy } from '../../src/core/cohort.ts';

/** What is known of one person in each second of a session: seen there, thought there, or neither. */
export type Ticks = readonly ('observed' | 'unobserved' | 'away')[];

/** In how many seconds it was so. */
export const count = (ticks: Ticks, what: Ticks[number]): number =>
  ticks.filter((tick) => tick === what).length;

/** The policy, said about ticks. */
export const statusByTicks = (
  ticks: Ticks,
  policy: Pick<AttendancePolicy, 'lateAfterMinutes' | 'partialBelowPercent'>,
): AttendanceStatus => {
  const first = ticks.findIndex((tick) => tick !== 'away');
  const last = ticks.findLastIndex((tick) => tick !== 'away');
  const there = ticks.length - count(ticks, 'away');
  const grace = policy.lateAfterMinutes * 60;
  if (there === 0) return 'no-show';
  if (there / ticks.length < policy.partialBelowPercent / 100) return 'partial';
  if (first >= grace) return 'late';
  if (ticks.length - 1 - last > grace) return 'left-early';
  return 'present';
};
