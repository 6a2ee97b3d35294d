/** Counts whose frames were carried, and why those were dropped that were not. */
import type { Snowflake } from '../world.ts';

/**
 * - `unreadable`: not encrypted with the key of the connection
 * - `may-not-speak`: of somebody who is muted, or lacks the right to speak
 * - `may-not-hear`: to somebody who is deafened
 * - `no-address`: to somebody who has not yet told where packets are to go
 */
export const DROPS = ['unreadable', 'may-not-speak', 'may-not-hear', 'no-address'] as const;
/** Why a frame was dropped. */
export type Drop = (typeof DROPS)[number];

/** Frames that were sent to an account, that it has sent, and that were dropped on the way from or to it. */
export type Counts = {
  readonly sent: number;
  readonly received: number;
  readonly dropped: Readonly<Record<Drop, number>>;
};

/** By account, from the beginning on. */
export type Tally = {
  /** A frame of somebody went to the others. */
  carried(userId: Snowflake): void;
  /** Who speaks now. */
  speaking(): readonly Snowflake[];
  sent(userId: Snowflake): void;
  received(userId: Snowflake): void;
  dropped(userId: Snowflake, why: Drop): void;
  all(): Readonly<Record<Snowflake, Counts>>;
};

const NONE: Counts = {
  sent: 0,
  received: 0,
  dropped: { unreadable: 0, 'may-not-speak': 0, 'may-not-hear': 0, 'no-address': 0 },
};

/** Milliseconds after the last frame for which somebody still speaks. */
const LINGER = 400;

/** Nothing was carried yet. */
export const startTally = (): Tally => {
  const counts = new Map<Snowflake, Counts>();
  const carriedAt = new Map<Snowflake, number>();
  const add = (userId: Snowflake, more: (before: Counts) => Partial<Counts>): void => {
    const before = counts.get(userId) ?? NONE;
    counts.set(userId, { ...before, ...more(before) });
  };
  return {
    carried: (userId) => void carriedAt.set(userId, performance.now()),
    speaking: () => [...carriedAt].filter(([, at]) => performance.now() - at < LINGER).map(([id]) => id),
    sent: (userId) => add(userId, ({ sent }) => ({ sent: sent + 1 })),
    received: (userId) => add(userId, ({ received }) => ({ received: received + 1 })),
    dropped: (userId, why) =>
      add(userId, ({ dropped }) => ({ dropped: { ...dropped, [why]: dropped[why] + 1 } })),
    all: () => Object.fromEntries(counts),
  };
};
