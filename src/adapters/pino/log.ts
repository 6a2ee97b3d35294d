/** The log, as lines of JSON on standard error: codes, ids and durations. */
import { randomUUID } from 'node:crypto';
import { destination, pino } from 'pino';
import type { Log } from '../../ports/log.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Digits enough to find one fault among a year's. */
const REFERENCE_LENGTH = 8;

/** The kind of a fault and where it arose; its message may hold what somebody wrote, and is left out. */
const traceOf = (cause: unknown): { name: string; code?: string; at: string[] } => {
  if (!(cause instanceof Error)) return { name: typeof cause, at: [] };
  const code = 'code' in cause && typeof cause.code !== 'object' ? { code: String(cause.code) } : {};
  const frames = (cause.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return { name: cause.name, ...code, at: frames.slice(0, 8).map((line) => line.trim()) };
};

/** A log on standard error. */
export const openLog = (level: LogLevel): Log => {
  const lines = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ fd: 2, sync: true }),
  );
  return {
    info: (event, facts) => lines.info({ ...facts, event }),
    warn: (event, facts) => lines.warn({ ...facts, event }),
    fault: (event, cause, facts) => {
      const reference = randomUUID().slice(0, REFERENCE_LENGTH);
      lines.error({ ...facts, event, reference, cause: traceOf(cause) });
      return reference;
    },
  };
};
