/** Keeps the rate limits: one bucket per route and major parameter, fifty calls a second in all, and a count of invalid calls. */
import { createHash } from 'node:crypto';
import { ApiError } from '../errors.ts';
import type { TimeSource } from '../time-source.ts';
import type { Limit, LimitCode, Route } from './route.ts';

const MESSAGES: Readonly<Record<LimitCode, string>> = {
  0: 'You are being rate limited.',
  20016: 'This action cannot be performed due to slowmode rate limit.',
  30046: 'Maximum number of edits to messages older than 1 hour reached. Try again later.',
};

/** A 429: how long to wait (seconds) and whether the global limit was hit. */
export class RateLimited extends ApiError {
  readonly retryAfter: number;
  readonly scope: 'user' | 'global' | 'shared';

  constructor(retryAfterMs: number, scope: 'user' | 'global' | 'shared', code: LimitCode = 0) {
    super(429, code, MESSAGES[code]);
    this.retryAfter = Math.ceil(retryAfterMs) / 1000;
    this.scope = scope;
  }

  override body() {
    return {
      message: this.message,
      code: this.code,
      retry_after: this.retryAfter,
      global: this.scope === 'global',
    };
  }

  /** The headers that go with it. */
  headers(): Record<string, string> {
    return {
      'Retry-After': String(Math.ceil(this.retryAfter)),
      'X-RateLimit-Scope': this.scope,
      ...(this.scope === 'global' ? { 'X-RateLimit-Global': 'true' } : {}),
    };
  }
}

const SECOND = 1000;
const GLOBAL: Limit = { requests: 50, windowMs: SECOND };
const INVALID: Limit = { requests: 10_000, windowMs: 600 * SECOND };

/** Discord publishes no figures; these are what was seen of it, for routes that state none of their own. */
const DEFAULTS: Record<Route['method'], Limit> = {
  GET: { requests: 30, windowMs: 5 * SECOND },
  POST: { requests: 20, windowMs: 5 * SECOND },
  PUT: { requests: 20, windowMs: 5 * SECOND },
  PATCH: { requests: 20, windowMs: 5 * SECOND },
  DELETE: { requests: 20, windowMs: 5 * SECOND },
};

type Window = { used: number; ends: number };

/** Counts uses by key within windows of time. */
const startCounter = (time: TimeSource, factor: () => number) => {
  const windows = new Map<string, Window>();
  return (key: string, limit: Limit): Window => {
    const now = time.now();
    const open = windows.get(key);
    const window = open && open.ends > now ? open : { used: 0, ends: now + limit.windowMs * factor() };
    windows.set(key, window);
    return window;
  };
};

/** What the limits say to one account's call of one route. */
export type RateLimits = {
  /** Counts a call; gives the headers that the answer carries, or throws a 429 that carries them too. */
  take(route: Route, major: string, who: string, headers: Record<string, string>): void;
  /** Counts one use against a limit of its own. */
  spend(key: string, limit: Limit, code?: LimitCode): void;
  /** Counts a 401, 403 or 429 of an account; beyond 10,000 in ten minutes it is shut out. */
  invalid(who: string): void;
  /** How many invalid calls an account made in the present ten minutes. */
  invalidCount(who: string): number;
  /** Stretches or shrinks every window that begins from now on. */
  stretch(factor: number): void;
};

/** The name that a route's bucket has in headers. */
const bucketName = (route: Pick<Route, 'method' | 'path'>): string =>
  createHash('md5').update(`${route.method} ${route.path}`).digest('hex');

const headersOf = (route: Route, limit: Limit, window: Window, now: number): Record<string, string> => ({
  'X-RateLimit-Limit': String(limit.requests),
  'X-RateLimit-Remaining': String(Math.max(0, limit.requests - window.used)),
  'X-RateLimit-Reset': (window.ends / 1000).toFixed(3),
  'X-RateLimit-Reset-After': ((window.ends - now) / 1000).toFixed(3),
  'X-RateLimit-Bucket': bucketName(route),
});

/** Starts counting on a clock; `factor` stretches or shrinks every window. */
export const startRateLimits = (time: TimeSource, factor = 1): RateLimits => {
  let stretched = factor;
  const windowOf = startCounter(time, () => stretched);

  const use = (key: string, limit: Limit, scope: 'user' | 'global', code?: LimitCode): Window => {
    const window = windowOf(key, limit);
    if (window.used >= limit.requests) throw new RateLimited(window.ends - time.now(), scope, code);
    window.used += 1;
    return window;
  };
  const shutOut = (who: string) => {
    const window = windowOf(`invalid ${who}`, INVALID);
    if (window.used >= INVALID.requests) throw new RateLimited(window.ends - time.now(), 'global');
  };
  return {
    take(route, major, who, headers) {
      shutOut(who);
      if (!route.outsideGlobal) use(`global ${who}`, GLOBAL, 'global');
      const limit = route.limit ?? DEFAULTS[route.method];
      const key = `${bucketName(route)} ${major} ${who}`;
      try {
        use(key, limit, 'user');
      } finally {
        Object.assign(headers, headersOf(route, limit, windowOf(key, limit), time.now()));
      }
    },
    spend: (key, limit, code) => {
      use(key, limit, 'user', code);
    },
    invalid(who) {
      windowOf(`invalid ${who}`, INVALID).used += 1;
    },
    invalidCount: (who) => windowOf(`invalid ${who}`, INVALID).used,
    stretch: (next) => {
      stretched = next;
    },
  };
};
