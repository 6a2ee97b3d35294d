/** Chance that can be thrown again: the same seed, the same instants. */

/** Whole numbers from 0 up to, and not including, the limit. */
export type Dice = (limit: number) => number;

/** Dice from a seed of 32 bits (mulberry32). */
export const diceOf = (seed: number): Dice => {
  let state = seed | 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
};
