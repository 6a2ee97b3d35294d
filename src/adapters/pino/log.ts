/** The log, as lines of JSON on standard error: codes, ids and durations. */
import { randomUUID } from 'node:crypto';
import { destination, pino } from 'pino';
import type { Log } from '../../ports/log.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Digits enough to find one fault among a year's. */
const REFERENCE_LENGTH = 8;

/** Frames to find a fault by. */
const MOST_FRAMES = 8;

/** The frames alone: a message stands before them in the stack, and may hold lines that look like frames. */
const framesOf = ({ stack = '', message }: Error): string[] => {
  const told = stack.indexOf(message);
  const frames = told < 0 ? [] : stack.slice(told + message.length).split('\n');
  return frames
    .filter((line) => line.startsWith('    at '))
    .slice(0, MOST_FRAMES)
    .map((line) => line.trim());
};

/** The kind of a fault and where it arose; its message may hold what somebody wrote, and is left out. */
const traceOf = (cause: unknown): { name: string; code?: string; at: string[] } => {
  if (!(cause instanceof Error)) return { name: typeof cause, at: [] };
  const code = 'code' in cause && typeof cause.code !== 'object' ? { code: String(cause.code) } : {};
  return { name: cause.name, ...code, at: framesOf(cause) };
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
