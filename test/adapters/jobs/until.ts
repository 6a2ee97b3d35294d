/** Waiting for what comes to pass in its own time. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves as soon as something is true, looked at every 20 ms; fails after so many seconds. */
export const until = async (
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  seconds = 30,
): Promise<void> => {
  for (const deadline = Date.now() + seconds * 1_000; !(await isTrue()); await sleep(20)) {
    if (Date.now() > deadline) throw new Error(`within ${seconds} s it did not come to pass that ${what}`);
  }
};
