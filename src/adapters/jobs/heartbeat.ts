/** The heartbeat of a process: something small that is done every few seconds. */
import { schedule } from 'node-cron';
import type { Clock as Time } from 'pg-boss';
import type { Log } from '../../ports/log.ts';

export interface Heartbeat {
  stop(): Promise<void>;
}

const byCron = (seconds: number, beat: () => Promise<void>): Heartbeat => {
  const task = schedule(`*/${seconds} * * * * *`, beat, { noOverlap: true, suppressMissedWarning: true });
  return { stop: async () => void (await task.destroy()) };
};

const byTime = (seconds: number, beat: () => Promise<void>, time: Time): Heartbeat => {
  const timer = time.setInterval(() => void beat(), seconds * 1_000);
  return { stop: async () => time.clearInterval(timer) };
};

export interface HeartbeatSettings {
  /** A divisor of 60. */
  readonly seconds: number;
  readonly log: Log;
  /** Time other than the machine's own, which node-cron knows nothing of. */
  readonly time?: Time;
}

/** Beats every so many seconds; a beat that fails is logged, and the next one comes all the same. */
export const startHeartbeat = (
  { seconds, log, time }: HeartbeatSettings,
  beat: () => Promise<void>,
): Heartbeat => {
  const guarded = async (): Promise<void> => {
    try {
      await beat();
    } catch (cause) {
      log.fault('heartbeat', cause);
    }
  };
  return time ? byTime(seconds, guarded, time) : byCron(seconds, guarded);
};
