/** What is due much later: kept in the change that asks for it, done in its time and once, and no burden until then. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Handlers } from '../../../src/adapters/jobs/handlers.ts';
import { type JobQueue, openJobs } from '../../../src/adapters/jobs/jobs.ts';
import { openStore, type PostgresStore } from '../../../src/adapters/postgres/store.ts';
import { allow, refuse } from '../../../src/core/outcome.ts';
import { HOUR } from '../../../src/core/time.ts';
import type { Job } from '../../../src/ports/jobs.ts';
import type { Log } from '../../../src/ports/log.ts';
import { freshDatabase, runSql } from '../../postgres.ts';
import { id, KEYS } from '../postgres/kept.ts';
import { IDLE } from './idle.ts';
import { until } from './until.ts';
import { workshopOf } from './workshop.ts';

const log: Log = { info: () => {}, warn: () => {}, fault: () => 'reference' };

let url: string;
let store: PostgresStore;
const queues: JobQueue[] = [];
let done: { readonly cohortId: string; readonly at: number }[] = [];

const note = async ({ cohortId }: { readonly cohortId: string }): Promise<void> => {
  done.push({ cohortId, at: Date.now() });
};
const nothing = { deed: async () => {} };
const handlers: Handlers = {
  ...IDLE,
  'bring-rooms': nothing,
  'bring-boards': nothing,
  announce: { deed: note },
  'warn-phase-end': { step: async () => allow(null) },
};

beforeAll(async () => {
  url = await freshDatabase();
  // Two of them, as two processes would be.
  for (let process = 0; process < 2; process += 1) queues.push(await openJobs({ url, log }));
  const [queue] = queues;
  if (!queue) throw new Error('no queue was opened');
  store = openStore({ url, keys: KEYS, jobs: queue.enqueueIn });
  for (const each of queues) await each.work(handlers, workshopOf(store));
});
beforeEach(() => {
  done = [];
});
afterAll(async () => {
  for (const queue of queues) await queue.finish();
  await store.close();
  for (const queue of queues) await queue.stop();
});

const say = (cohortId: string): Job => ({ name: 'announce', cohortId, announcementId: id() });
const count = async (table: string): Promise<number> =>
  (await runSql(url, `SELECT 1 FROM ${table}`)).rows.length;
it('waits outside of the queue, and comes in its time, once for each', async () => {
  const cohorts = Array.from({ length: 20 }, id);
  await store.change(async ({ jobs }) => {
    for (const cohortId of cohorts) await jobs.enqueue(say(cohortId), new Date(Date.now() + HOUR));
    return allow(null);
  });
  expect([await count('later_job'), await count('pgboss.job')]).toEqual([20, 0]);
  // As if most of the hour had gone by: both draw what is near now.
  const due = Date.now() + 20_000;
  await runSql(url, 'UPDATE later_job SET due_at = $1', [new Date(due)]);
  await until('all stand in the queue', async () => (await count('later_job')) === 0, 20);
  await until('all are done', () => done.length >= 20, 30);
  expect(done.map(({ cohortId }) => cohortId).toSorted()).toEqual(cohorts.toSorted());
  for (const { at } of done) expect(at).toBeGreaterThanOrEqual(due);
}, 60_000);

it('of a change that is refused is not kept', async () => {
  await store.change(async ({ jobs }) => {
    await jobs.enqueue(say(id()), new Date(Date.now() + HOUR));
    return refuse({ code: 'no-session' });
  });
  expect(await count('later_job')).toBe(0);
});

it('is found by when it is due, however many wait', async () => {
  await runSql(
    url,
    `INSERT INTO later_job (job, due_at)
      SELECT '{}', to_timestamp(${Date.now() / 1_000}) + i * interval '10 min' FROM generate_series(1, 50000) i`,
  );
  await runSql(url, 'ANALYZE later_job');
  const look = `EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) SELECT id FROM later_job
    WHERE due_at <= to_timestamp(${Date.now() / 1_000}) ORDER BY due_at LIMIT 1000`;
  const plan = (await runSql(url, look)).rows.map((row) => row['QUERY PLAN']).join('\n');
  await runSql(url, 'DELETE FROM later_job');
  expect(plan).toContain('later_job_due_at_idx');
  // A few pages from the root of the index to its beginning.
  expect(Number(/Buffers: shared hit=(\d+)/.exec(plan)?.[1])).toBeLessThan(10);
});
