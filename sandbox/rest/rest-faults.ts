/** Keeps the faults of calls: which are to be refused or slowed, and how often still. */
import { ApiError } from '../errors.ts';
import type { Snowflake, User } from '../world.ts';
import type { InForce } from './in-force.ts';
import { RateLimited } from './rate-limits.ts';
import type { Route } from './route.ts';

/** Which calls a fault hits: of one account, of one route ("POST /channels/:channel/messages"); `times` bounds it. */
export type Aim = { readonly who?: Snowflake; readonly route?: string; readonly times: number };

/** When a call fails: with nothing done, or with everything done and only the answer lost. */
export type Moment = 'before' | 'after';

/** What can go wrong with calls; times are milliseconds. */
export type RestFaults = {
  /** Answers 429 to the next calls. */
  rateLimit(aim: Aim & { readonly retryAfterMs: number; readonly global?: boolean }): void;
  /** Answers 500 (or another 5xx) to the next calls; 'after' does their work all the same. */
  serverError(aim: Aim & { readonly status?: number; readonly moment?: Moment }): void;
  /**
   * Makes the next calls wait before anything is done, and nothing ever is when the caller hangs up meanwhile; 'after' holds
   * back the answer to what is done.
   */
  slow(aim: Aim & { readonly ms: number; readonly moment?: Moment }): void;
  /** Takes back every fault on calls that has not been used up; calls that wait go on at once. */
  clear(): void;
  /** Takes back what is slow, and nothing else; calls that wait go on at once. */
  hurry(): void;
  /** What of it is left. */
  inForce(): InForce;
  /** Resolves when the REST side may go on with a call at this moment; uses up a fault. */
  pass(route: Route, actor: User | null, moment: Moment): Promise<void>;
  /** Throws when a call is to fail at this moment; uses up a fault. */
  fail(route: Route, actor: User | null, moment: Moment): void;
};

/** Tells the record that a fault was made. */
export type NoteFault = (fault: string, detail: object) => void;

type Armed = Aim & { readonly name: string; left: number };
type Delay = Armed & { readonly moment: Moment; readonly ms: number };
type Failure = Armed & { readonly moment: Moment; make(): ApiError };

const armed = (name: string, aim: Aim): Armed => ({ ...aim, name, left: aim.times });

const hits = (fault: Armed, route: Route, actor: User | null): boolean =>
  fault.left > 0 &&
  (fault.who === undefined || fault.who === actor?.id) &&
  (fault.route === undefined || fault.route === `${route.method} ${route.path}`);

const use = (fault: Armed, route: Route, actor: User | null, note: NoteFault): void => {
  fault.left -= 1;
  note(fault.name, { route: `${route.method} ${route.path}`, who: actor?.id ?? null, left: fault.left });
};

/** Calls that wait, each for its time or until all are let go. */
const startWaiting = () => {
  const waiting = new Set<() => void>();
  return {
    wait: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        const goOn = (): void => {
          clearTimeout(timer);
          waiting.delete(goOn);
          resolve();
        };
        const timer = setTimeout(goOn, ms).unref();
        waiting.add(goOn);
      }),
    letGo: () => {
      for (const goOn of [...waiting]) goOn();
    },
  };
};

/** Starts with no fault. */
export const startRestFaults = (note: NoteFault): RestFaults => {
  let failures: Failure[] = [];
  let delays: Delay[] = [];
  const { wait, letGo } = startWaiting();
  const hurry = (): void => {
    delays = [];
    letGo();
  };
  return {
    rateLimit({ retryAfterMs, global, ...aim }) {
      const make = () => new RateLimited(retryAfterMs, global ? 'global' : 'user');
      failures.push({ ...armed('429', aim), moment: 'before', make });
    },
    serverError({ status = 500, moment = 'before', ...aim }) {
      const make = () => new ApiError(status, 0, `${status}: Server Error`);
      failures.push({ ...armed(String(status), aim), moment, make });
    },
    slow({ ms, moment = 'before', ...aim }) {
      delays.push({ ...armed('slow', aim), moment, ms });
    },
    clear() {
      failures = [];
      hurry();
    },
    hurry,
    inForce() {
      const failing: Record<string, number> = {};
      for (const { name, left } of failures) if (left > 0) failing[name] = (failing[name] ?? 0) + left;
      return { failing, slowMs: delays.find(({ left }) => left > 0)?.ms ?? 0 };
    },
    async pass(route, actor, moment) {
      const delay = delays.find((fault) => fault.moment === moment && hits(fault, route, actor));
      if (!delay) return;
      use(delay, route, actor, note);
      await wait(delay.ms);
    },
    fail(route, actor, moment) {
      const failure = failures.find((fault) => fault.moment === moment && hits(fault, route, actor));
      if (!failure) return;
      use(failure, route, actor, note);
      throw failure.make();
    },
  };
};
