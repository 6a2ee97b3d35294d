/** The machine's own clock and names. */
import { v7 } from 'uuid';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';

/** A clock that reads milliseconds since 1970 from `time`. */
export const clockOf = (time: { now(): number }): Clock => ({ now: () => new Date(time.now()) });

export const systemIds: Ids = { next: () => v7() };
