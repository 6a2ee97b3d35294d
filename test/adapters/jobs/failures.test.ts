/** What is kept of a job that failed: nothing that stood in its error, and after its last attempt a failure that admins see. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Handlers } from '../../../src/adapters/jobs/handlers.ts';
import { type JobQueue, openJobs } from '../../../src/adapters/jobs/jobs.ts';
import { openStore, type PostgresStore } from '../../../src/adapters/postgres/store.ts';
import { allow } from '../../../src/core/outcome.ts';
import type { Job } from '../../../src/ports/jobs.ts';
import { freshDatabase, runSql } from '../../postgres.ts';
import { aCohort, id, KEYS } from '../postgres/kept.ts';
import { IDLE } from './idle.ts';
import { until } from './until.ts';
import { workshopOf } from './workshop.ts';

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
  ...IDLE,
  'bring-rooms': { deed: fail },
  'bring-boards': { deed: fail },
  announce: { deed: fail },
  'warn-phase-end': {
    step: async () => {
      await fail();
      return allow(null);
    },
  },
};

beforeAll(async () => {
  url = await freshDatabase();
  queue = await openJobs({
    url,
    log: { info: () => {}, warn: () => {}, fault: () => REFERENCE },
  });
  store = openStore({ url, keys: KEYS, jobs: queue.enqueueIn });
  await queue.work(handlers, workshopOf(store));
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

const enqueue = (job: Job, at?: Date) =>
  store.change(async ({ jobs }) => {
    await jobs.enqueue(job, at);
    return allow(null);
  });

it('a board that could not be shown leaves nothing of what it shows in the database', async () => {
  await enqueue({ name: 'bring-boards', cohortId: id() });
  await until('the failure is kept', async () => (await outputs()).length > 0);
  const [kept = ''] = await outputs();
  expect(kept).not.toContain('mood');
  expect(kept).toContain(REFERENCE);
});

describe('a job that was given up', () => {
  const LATER = new Date(Date.now() + 110_000);
  /** Makes the next attempt the last, and due; not due before, so that nobody has it in hand meanwhile: of such a job the queue makes another row. */
  const lastAttempt = (cohortId: string) =>
    runSql(
      url,
      "UPDATE pgboss.job SET retry_limit = 0, start_after = now() WHERE data->>'cohortId' = $1 AND name <> 'given-up'",
      [cohortId],
    );
  const failuresOf = (guildId: string) => store.records.failures.open(guildId, 10);

  it('is a failure of its server: the job as it was, and where the log tells more', async () => {
    const cohort = await aCohort(store, { guildId: 'guild-1' });
    const job: Job = { name: 'announce', cohortId: cohort.id, announcementId: id() };
    await enqueue(job, LATER);
    await lastAttempt(cohort.id);
    await until('it is on the list', async () => (await failuresOf('guild-1')).length > 0);
    expect(await failuresOf('guild-1')).toEqual([
      expect.objectContaining({ job, cohortId: cohort.id, reference: REFERENCE, attempts: 1 }),
    ]);
    expect(await failuresOf('guild-2')).toEqual([]);
  });

  it('is the same failure when the very same job is given up once more', async () => {
    const cohort = await aCohort(store, { guildId: 'guild-3' });
    for (let times = 0; times < 2; times += 1) {
      await enqueue({
        name: 'warn-phase-end',
        cohortId: cohort.id,
        sessionId: id(),
        step: 1,
        plannedEndAt: '',
      });
      await enqueue({ name: 'bring-rooms', cohortId: cohort.id }, LATER);
    }
    const recorded = () =>
      runSql(
        url,
        "SELECT 1 FROM pgboss.job WHERE name = 'given-up' AND state = 'completed' AND data->>'cohortId' = $1",
        [cohort.id],
      );
    await until(
      'all four are recorded',
      async () => {
        await lastAttempt(cohort.id);
        return (await recorded()).rows.length === 4;
      },
      60,
    );
    expect((await failuresOf('guild-3')).map(({ job }) => job.name).toSorted()).toEqual([
      'bring-rooms',
      'warn-phase-end',
      'warn-phase-end',
    ]);
  });

  it('of a cohort that nobody knows is kept too, and shown to nobody', async () => {
    const cohortId = id();
    await enqueue({ name: 'bring-rooms', cohortId }, LATER);
    await lastAttempt(cohortId);
    const kept = () =>
      runSql(url, "SELECT server_id FROM failure WHERE payload->>'cohortId' = $1", [cohortId]);
    await until('it is kept', async () => (await kept()).rows.length > 0);
    expect((await kept()).rows).toEqual([{ server_id: null }]);
  });

  it('goes, but for its failure, with the next sweep after an hour', async () => {
    const { rows } = await runSql(
      url,
      'SELECT DISTINCT deletion_seconds FROM pgboss.queue WHERE dead_letter IS NOT NULL',
    );
    expect(rows).toEqual([{ deletion_seconds: 3_600 }]);
  });
});
