/** How long to wait before something that failed is tried again. */
import { SECOND } from '../../core/time.ts';

const LONGEST = 60 * SECOND;

/** Milliseconds after so many failures in a row (from 1): 1, 2, 4 … and at most 60 seconds. */
export const pauseAfter = (failures: number): number => Math.min(LONGEST, SECOND * 2 ** (failures - 1));

/** What stood for so many milliseconds before it failed begins anew at the shortest pause. */
export const STEADY = 30 * SECOND;
