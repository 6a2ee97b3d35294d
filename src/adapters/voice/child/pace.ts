/** Sends packets one after the other, each at its time, however late the timers of the machine are. */
import { FRAME_MS } from '../sound/frame.ts';

/** Milliseconds that are caught up at once; what was missed beyond them is not hurried through. */
const CAUGHT_UP = 100;

/** Calls `step` every 20 ms, until it says that it was the last time; the function that is returned stops it. */
export const startPace = (step: () => boolean): (() => void) => {
  let due = performance.now();
  let timer: NodeJS.Timeout;
  const tick = (): void => {
    if (!step()) return;
    due = Math.max(due + FRAME_MS, performance.now() - CAUGHT_UP);
    timer = setTimeout(tick, Math.max(0, due - performance.now()));
  };
  timer = setTimeout(tick, 0);
  return () => clearTimeout(timer);
};
