/** Work that is done one after the other for each server, while servers do not wait for each other. */
import type { Log } from './ports/log.ts';

/** Resolves when the work is done, or its fault is logged. */
export type Next = (whose: string, what: string, work: () => Promise<void>) => Promise<void>;

/** Work in the orders of many. */
export interface InOrder {
  /** In the order of one server, or of whatever else has that id. */
  readonly next: Next;
  /** Resolves when nothing is left to be done. */
  done(): Promise<void>;
}

/**
 * What is seen of a server is written one after the other: a later sight must not overtake an earlier one, and no heartbeat may note
 * that rooms are seen before it was written down what had been missed. Servers do not wait for
 * each other.
 */
export const inOrder = (log: Log): InOrder => {
  const last = new Map<string, Promise<void>>();
  const next: Next = (whose, what, work) => {
    const before = last.get(whose) ?? Promise.resolve();
    const done = before
      .then(work)
      .catch((cause: unknown) => void log.fault(what, cause))
      .then(() => {
        if (last.get(whose) === done) last.delete(whose);
      });
    last.set(whose, done);
    return done;
  };
  return { next, done: async () => void (await Promise.all(last.values())) };
};
