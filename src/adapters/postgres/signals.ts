/** Tells every process at once of what has changed, over Postgres's own notifications: heard when the change is committed. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../../ports/log.ts';
import type { Signals } from '../../ports/store.ts';
import type { Transaction } from './transaction.ts';

const VOICE = 'hearth_voice';

/** Signals, in a transaction. */
export const signalsIn = (tx: Transaction): Signals => ({
  voiceOf: async (cohortId) => {
    await tx.$queryRaw`SELECT pg_notify(${VOICE}, "server_id")::text FROM "cohort" WHERE "id" = ${cohortId}::uuid`;
  },
});

export interface Listening {
  stop(): Promise<void>;
}

/** Milliseconds before another connection is tried; what was missed meanwhile is found by the heartbeat. */
const ANEW_AFTER = 2_000;

/** Resolves when the connection is no more. */
const listenOnce = async (
  url: string,
  heard: (guildId: string) => void,
  signal: AbortSignal,
): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  const { promise: over, resolve, reject } = Promise.withResolvers<void>();
  client.on('notification', ({ payload }) => void (payload !== undefined && heard(payload)));
  client.on('error', reject);
  client.on('end', resolve);
  signal.addEventListener('abort', () => resolve(), { once: true });
  try {
    await client.connect();
    await client.query(`LISTEN ${VOICE}`);
    await over;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** Hears of every server whose voice is to be looked at, from now on, also after the database was away. */
export const listenForVoice = (url: string, log: Log, heard: (guildId: string) => void): Listening => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const listening = (async (): Promise<void> => {
    while (!signal.aborted) {
      await listenOnce(url, heard, signal).catch((cause: unknown) => void log.fault('listen', cause));
      if (!signal.aborted) await sleep(ANEW_AFTER, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await listening;
    },
  };
};
