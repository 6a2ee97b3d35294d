/** Keeps for whom a change of a call's encryption waits: it is executed when all are ready, or after two seconds. */
import type { Snowflake } from '../world.ts';

const PATIENCE_MS = 2_000;

/** Changes on their way. */
export type Transitions = {
  /** The number of the next change, which waits for these. */
  begin(users: readonly Snowflake[]): number;
  ready(userId: Snowflake, id: number): void;
  /** Waits for somebody no more. */
  forget(userId: Snowflake): void;
  stop(): void;
};

/** None yet; `execute` is called once for each. */
export const startTransitions = (execute: (id: number) => void): Transitions => {
  const waiting = new Map<number, { readonly users: Set<Snowflake>; readonly timer: NodeJS.Timeout }>();
  let last = 0;
  const finish = (id: number): void => {
    const change = waiting.get(id);
    if (!change) return;
    clearTimeout(change.timer);
    waiting.delete(id);
    execute(id);
  };
  const strike = (userId: Snowflake, id: number): void => {
    const change = waiting.get(id);
    change?.users.delete(userId);
    if (change?.users.size === 0) finish(id);
  };
  return {
    begin(users) {
      last += 1;
      const id = last;
      waiting.set(id, { users: new Set(users), timer: setTimeout(() => finish(id), PATIENCE_MS).unref() });
      return id;
    },
    ready: strike,
    forget(userId) {
      for (const id of [...waiting.keys()]) strike(userId, id);
    },
    stop() {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
};
