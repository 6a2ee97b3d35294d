/** Keeps the sandbox's time: real time (or a given source) plus what was turned ahead, with timers that follow it. */

import type { TimeSource } from './time-source.ts';

/** Stops a timer that has not rung yet. */
export type Cancel = () => void;

/** A clock that runs by itself and can be turned ahead; all figures are milliseconds. */
export type Clock = TimeSource & {
  /** Turns the clock ahead; timers that fall due ring before this returns, in order. */
  turn(ms: number): void;
  /** Rings once, `ms` from now by this clock. */
  after(ms: number, ring: () => void): Cancel;
  /** Forgets every timer. */
  stop(): void;
};

type Timer = { due: number; ring: () => void };

// A given source may leap at any time, so it is looked at this often while timers wait.
const LOOK_EVERY = 20;

/** Starts a clock over `source`, the system's own by default. */
export const startClock = (source: TimeSource = Date): Clock => {
  let turned = 0;
  let timers: Timer[] = [];
  let wake: NodeJS.Timeout | undefined;
  const now = () => source.now() + turned;

  const ringDue = (until: number) => {
    for (;;) {
      const next = timers.filter((timer) => timer.due <= until).sort((a, b) => a.due - b.due)[0];
      if (!next) break;
      timers = timers.filter((timer) => timer !== next);
      next.ring();
    }
    schedule();
  };
  const schedule = () => {
    clearTimeout(wake);
    if (timers.length === 0) return;
    const soonest = Math.min(...timers.map((timer) => timer.due)) - now();
    wake = setTimeout(
      () => ringDue(now()),
      Math.max(0, source === Date ? soonest : Math.min(soonest, LOOK_EVERY)),
    );
    wake.unref();
  };
  return {
    now,
    turn(ms) {
      if (ms < 0) throw new RangeError('a clock is only turned ahead');
      turned += ms;
      ringDue(now());
    },
    after(ms, ring) {
      const timer = { due: now() + ms, ring };
      timers.push(timer);
      schedule();
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    stop() {
      timers = [];
      clearTimeout(wake);
    },
  };
};
