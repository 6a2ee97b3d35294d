/** What the queue keeps of a job that failed: nothing that stood in its error, for it lies in the database unencrypted. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Handlers, type JobQueue, openJobs } from '../../../src/adapters/jobs/jobs.ts';
import { openStore, type PostgresStore } from '../../../src/adapters/postgres/store.ts';
import { allow } from '../../../src/core/outcome.ts';
import { freshDatabase, runSql } from '../../postgres.ts';
import { id, KEYS } from '../postgres/kept.ts';
import { until } from './until.ts';

const REFERENCE = 'a1b2c3d4';

let url: string;
let queue: JobQueue;
let store: PostgresStore;

/** As Discord's library throws it: with all that was to be shown. */
const fail = async (): Promise<void> => {
  const shown = { requestBody: { json: { description: 'mood 2 of 10' } } };
  throw Object.assign(new Error('Invalid Form Body: "mood 2 of 10"'), shown);
};
const handlers: Handlers = {
  'bring-rooms': fail,
  'bring-boards': fail,
  'plan-occurrences': async () => undefined,
  'occurrence-due': async () => undefined,
  announce: fail,
  'warn-phase-end': fail,
};

beforeAll(async () => {
  url = await freshDatabase();
  queue = await openJobs({
    url,
    log: { info: () => {}, warn: () => {}, fault: () => REFERENCE },
  });
  store = openStore({ url, keys: KEYS, jobs: queue.enqueueIn });
  await queue.work(handlers);
});
afterAll(async () => {
  await queue.finish();
  await store.close();
  await queue.stop();
});

const outputs = async (): Promise<readonly string[]> =>
  (await runSql(url, 'SELECT output::text AS kept FROM pgboss.job WHERE output IS NOT NULL')).rows.map(
    ({ kept }) => kept,
  );

it('a board that could not be shown leaves nothing of what it shows in the database', async () => {
  await store.change(async ({ jobs }) => {
    await jobs.enqueue({ name: 'bring-boards', cohortId: id() });
    return allow(null);
  });
  await until('the failure is kept', async () => (await outputs()).length > 0);
  const [kept = ''] = await outputs();
  expect(kept).not.toContain('mood');
  expect(kept).toContain(REFERENCE);
});
