/** The heartbeat of a process: something small that is done every few seconds, by node-cron. */
import { schedule } from 'node-cron';
import type { Log } from '../../ports/log.ts';

export interface Heartbeat {
  stop(): Promise<void>;
}

/** Beats every `seconds` (a divisor of 60); a beat that fails is logged, and the next one comes all the same. */
export const startHeartbeat = (seconds: number, log: Log, beat: () => Promise<void>): Heartbeat => {
  const task = schedule(
    `*/${seconds} * * * * *`,
    async () => {
      try {
        await beat();
      } catch (cause) {
        log.fault('heartbeat', cause);
      }
    },
    { noOverlap: true, suppressMissedWarning: true },
  );
  return { stop: async () => void (await task.destroy()) };
};
