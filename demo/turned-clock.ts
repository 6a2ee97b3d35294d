/** A clock that runs with the real one and can be turned ahead, for Hearth, its jobs and the sandbox alike. */
import { TestClock } from 'pg-boss';

/** How often it follows the real clock, in milliseconds. */
const STEP = 25;
/** After a leap, time runs this much further, so that what fell due on the way is done. */
const SETTLE = 1_000;

export interface TurnedClock {
  /** For pg-boss, whose timers and whose database's clock follow it. */
  readonly time: TestClock;
  /** Leaps ahead by so many milliseconds. */
  turn(ms: number): Promise<void>;
  stop(): Promise<void>;
}

export const startTurnedClock = (): TurnedClock => {
  const time = new TestClock(Date.now());
  let moving: Promise<void> = Promise.resolve();
  let idle = true;
  let followed = performance.now();

  // The clock moves by one hand at a time: a leap waits for the step under way.
  const move = (work: () => Promise<void>): Promise<void> => {
    idle = false;
    moving = moving.then(work).finally(() => {
      idle = true;
    });
    return moving;
  };
  const follow = setInterval(() => {
    if (!idle) return;
    void move(async () => {
      const elapsed = performance.now() - followed;
      followed += elapsed;
      await time.tick(Math.round(elapsed));
    });
  }, STEP);

  return {
    time,
    turn: (ms) =>
      move(async () => {
        await time.setTime(time.now() + ms - SETTLE);
        await time.tick(SETTLE);
      }),
    async stop() {
      clearInterval(follow);
      await moving;
    },
  };
};
