/** Lengths of time in milliseconds, and the little arithmetic on moments that the rules need. */
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The moment `ms` milliseconds after `moment` (before it, when negative). */
export const after = (moment: Date, ms: number): Date => new Date(moment.getTime() + ms);

/** Milliseconds from `start` to `end`; negative when `end` is earlier. */
export const between = (start: Date, end: Date): number => end.getTime() - start.getTime();

/** The later of two moments. */
export const latest = (one: Date, other: Date): Date => (one > other ? one : other);

/** The earlier of two moments. */
export const earliest = (one: Date, other: Date): Date => (one < other ? one : other);
