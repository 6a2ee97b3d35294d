/** Where time comes from, for the sandbox and for the page in a browser. */

/** Tells milliseconds since the Unix epoch. */
export type TimeSource = { now(): number };
