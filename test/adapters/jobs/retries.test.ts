/** How hard a job is tried: what the queue really does, told in the time that would have gone by. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Handlers } from '../../../src/adapters/jobs/handlers.ts';
import { type JobQueue, openJobs } from '../../../src/adapters/jobs/jobs.ts';
import { QUEUES } from '../../../src/adapters/jobs/queues.ts';
import { openStore, type PostgresStore } from '../../../src/adapters/postgres/store.ts';
import { allow } from '../../../src/core/outcome.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/core/time.ts';
import { freshDatabase, runSql } from '../../postgres.ts';
import { id, KEYS } from '../postgres/kept.ts';
import { IDLE } from './idle.ts';
import { until } from './until.ts';
import { workshopOf } from './workshop.ts';

let url: string;
let queue: JobQueue;
let store: PostgresStore;
let discordIsDown = true;
let done = 0;
const deed = {
  deed: async () => {
    if (discordIsDown) throw new Error('Discord is down');
    done += 1;
  },
};
const handlers: Handlers = {
  ...IDLE,
  'bring-rooms': deed,
  'bring-boards': deed,
  announce: deed,
  'warn-phase-end': { step: async () => allow(null) },
};

beforeAll(async () => {
  url = await freshDatabase();
  queue = await openJobs({ url, log: { info: () => {}, warn: () => {}, fault: () => 'reference' } });
  store = openStore({ url, keys: KEYS, jobs: queue.enqueueIn });
  await queue.work(handlers, workshopOf(store));
});
afterAll(async () => {
  await queue.finish();
  await store.close();
  await queue.stop();
});

/** Notes every delay at the moment at which the queue sets it. */
const noteDelays = async (): Promise<void> => {
  await runSql(url, 'CREATE TABLE delay (attempt int PRIMARY KEY, ms float NOT NULL)');
  await runSql(
    url,
    `CREATE FUNCTION note_delay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO delay VALUES (NEW.retry_count + 1, extract(epoch FROM NEW.start_after - now()) * 1000);
      RETURN NEW;
    END $$`,
  );
  await runSql(
    url,
    `CREATE TRIGGER note_delay AFTER INSERT ON pgboss.job FOR EACH ROW
      WHEN (NEW.name = 'announce' AND NEW.state = 'retry') EXECUTE FUNCTION note_delay()`,
  );
};

const dueNow = () =>
  runSql(url, "UPDATE pgboss.job SET start_after = now() WHERE name = 'announce' AND state = 'retry'");

/** Milliseconds from the failed attempt of that number to the next one, which is then brought forward to now. */
const delayAfter = async (attempt: number): Promise<number> => {
  let ms: number | undefined;
  await until(`attempt ${attempt} has failed`, async () => {
    const { rows } = await runSql(url, 'SELECT ms FROM delay WHERE attempt = $1', [attempt]);
    ms = rows[0]?.ms;
    return ms !== undefined;
  });
  await dueNow();
  return ms ?? 0;
};

/** The least, and the most, that all delays of a kind of job come to. */
const patience = (retries: number): { readonly least: number; readonly most: number } => {
  const delays = Array.from({ length: retries }, (_none, index) => Math.min(300, 2 ** index) * SECOND);
  const most = Array.from({ length: retries }, (_none, index) => Math.min(300, 2 ** (index + 1)) * SECOND);
  const sum = (list: readonly number[]) => list.reduce((all, each) => all + each, 0);
  return { least: sum(delays), most: sum(most) };
};

describe('a job that needs Discord', () => {
  it('is tried after ever longer delays, outlives an hour without Discord, and is done within minutes of its return', async () => {
    await noteDelays();
    await store.change(async ({ jobs }) => {
      await jobs.enqueue({ name: 'announce', cohortId: id(), announcementId: id() });
      return allow(null);
    });
    let gone = 0;
    for (let attempt = 1; gone < HOUR; attempt += 1) {
      const delay = await delayAfter(attempt);
      expect(delay).toBeGreaterThanOrEqual(Math.min(300, 2 ** (attempt - 1)) * SECOND);
      expect(delay).toBeLessThanOrEqual(Math.min(300, 2 ** attempt) * SECOND);
      gone += delay;
    }
    expect(gone).toBeLessThan(HOUR + 5 * MINUTE);
    discordIsDown = false;
    await dueNow();
    await until('it is done', () => done === 1);
  }, 60_000);

  it('is not given up before a whole day without Discord has gone by', () => {
    for (const name of ['bring-rooms', 'bring-boards', 'announce'] as const) {
      const { retryLimit = 0, retryDelay, retryDelayMax, retentionSeconds = 0 } = QUEUES[name];
      expect([retryDelay, retryDelayMax]).toEqual([1, 300]);
      const { least, most } = patience(retryLimit);
      expect(least).toBeGreaterThan(DAY);
      expect(most).toBeLessThan(DAY + HOUR);
      expect(retentionSeconds * SECOND).toBeGreaterThan(most);
    }
  });
});

it('a job that needs nothing but the database is told to admins within half an hour', () => {
  const { least, most } = patience(QUEUES['warn-phase-end'].retryLimit ?? 0);
  expect(least).toBeGreaterThan(20 * MINUTE);
  expect(most).toBeLessThan(30 * MINUTE);
});
