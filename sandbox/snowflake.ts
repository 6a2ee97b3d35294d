/** Keeps Discord's ids: 64-bit decimal strings that carry the time at which they were made. */
import type { TimeSource } from './time-source.ts';

/** An id as Discord writes it: an unsigned 64-bit number in decimal. */
export type Snowflake = string;

/** The first millisecond of 2015, from which snowflakes count. */
export const DISCORD_EPOCH = 1_420_070_400_000;

/** Makes ids that only ever grow, 4096 a millisecond; `source` gives the time. */
export const snowflakes = (source: TimeSource): (() => Snowflake) => {
  let last = 0n;
  return () => {
    const fromTime = BigInt(Math.floor(source.now()) - DISCORD_EPOCH) << 22n;
    last = fromTime > last ? fromTime : last + 1n;
    return last.toString();
  };
};

/** The time (ms since the Unix epoch) that an id carries. */
export const timeOf = (id: Snowflake): number => Number(BigInt(id) >> 22n) + DISCORD_EPOCH;

/** Whether a text can be an id. */
export const isSnowflake = (text: string): boolean => /^\d{1,20}$/.test(text) && BigInt(text) < 1n << 64n;

/** Orders ids by age, oldest first. */
export const byAge = (a: { id: Snowflake }, b: { id: Snowflake }): number => {
  const difference = BigInt(a.id) - BigInt(b.id);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};
