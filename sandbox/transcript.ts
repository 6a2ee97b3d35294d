/** Keeps a record of everything that crossed the wire: every REST call, every gateway event, every fault that was made. */
import type { Snowflake } from './world.ts';

/** One REST call; `route` is the path template (null when there was no such route), `at` ms since the epoch. */
export type CallRecord = {
  readonly at: number;
  readonly method: string;
  readonly route: string | null;
  readonly path: string;
  readonly who: Snowflake | null;
  readonly body: unknown;
  readonly status: number;
  /** Discord's JSON error code, when the call was refused. */
  readonly code: number | null;
  readonly reason: string | null;
};

/** One gateway event, sent to a session or received from it; `type` is the event's name or its opcode. */
export type EventRecord = {
  readonly at: number;
  readonly direction: 'sent' | 'received';
  readonly who: Snowflake | null;
  readonly session: string | null;
  readonly type: string;
  readonly data: unknown;
};

/** One fault that was made to happen. */
export type FaultRecord = { readonly at: number; readonly fault: string; readonly detail: unknown };

/** What to look for in calls. */
export type CallFilter = { who?: Snowflake; route?: string; method?: string; status?: number };

/** What to look for in events. */
export type EventFilter = { who?: Snowflake; type?: string; direction?: 'sent' | 'received' };

/** The record of a sandbox's life. */
export type Transcript = {
  calls(filter?: CallFilter): readonly CallRecord[];
  events(filter?: EventFilter): readonly EventRecord[];
  faults(): readonly FaultRecord[];
  /** How often each "METHOD /template" was called, by everyone or by one account. */
  countByRoute(who?: Snowflake): Record<string, number>;
  /** Forgets what was recorded so far. */
  clear(): void;
  addCall(record: CallRecord): void;
  addEvent(record: EventRecord): void;
  addFault(record: FaultRecord): void;
};

const matches = <T extends object>(record: T, filter: Partial<T>): boolean =>
  Object.entries(filter).every(
    ([key, wanted]) => wanted === undefined || Reflect.get(record, key) === wanted,
  );

/** Starts an empty record. */
export const startTranscript = (): Transcript => {
  const calls: CallRecord[] = [];
  const events: EventRecord[] = [];
  const faults: FaultRecord[] = [];
  return {
    calls: (filter = {}) => calls.filter((record) => matches(record, filter)),
    events: (filter = {}) => events.filter((record) => matches(record, filter)),
    faults: () => faults,
    countByRoute(who) {
      const counts: Record<string, number> = {};
      for (const call of calls) {
        if (who !== undefined && call.who !== who) continue;
        const name = `${call.method} ${call.route ?? call.path}`;
        counts[name] = (counts[name] ?? 0) + 1;
      }
      return counts;
    },
    clear() {
      for (const records of [calls, events, faults]) records.length = 0;
    },
    addCall: (record) => calls.push(record),
    addEvent: (record) => events.push(record),
    addFault: (record) => faults.push(record),
  };
};
