/** A worker that is killed in the middle of a job loses nothing: the job comes back, and is done by the next. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Handlers } from '../../../src/adapters/jobs/handlers.ts';
import { type JobQueue, openJobs } from '../../../src/adapters/jobs/jobs.ts';
import { openStore, type PostgresStore } from '../../../src/adapters/postgres/store.ts';
import { allow } from '../../../src/core/outcome.ts';
import type { Job } from '../../../src/ports/jobs.ts';
import type { Log } from '../../../src/ports/log.ts';
import { freshDatabase, runSql } from '../../postgres.ts';
import { aCohort, id, KEYS } from '../postgres/kept.ts';
import { effects, takeEffect } from './effect.ts';
import { IDLE } from './idle.ts';
import { until } from './until.ts';
import { workshopOf } from './workshop.ts';

const WORKER = new URL('killed-worker.ts', import.meta.url).pathname;
const log: Log = { info: () => {}, warn: () => {}, fault: () => 'reference' };

let url: string;
let queue: JobQueue;
let store: PostgresStore;
beforeEach(async () => {
  url = await freshDatabase();
  queue = await openJobs({ url, log });
  store = openStore({ url, keys: KEYS, jobs: queue.enqueueIn });
});
afterEach(async () => {
  await queue.finish();
  await store.close();
  await queue.stop();
});

/** A worker takes the job in hand, and is killed there. */
const takenAndKilled = async (job: Job, mode = 'written'): Promise<void> => {
  const worker = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', WORKER, url, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await store.change(async ({ jobs }) => {
    await jobs.enqueue(job);
    return allow(null);
  });
  await once(worker.stdout, 'data');
  worker.kill('SIGKILL');
  await once(worker, 'exit');
};

const warning = (cohortId: string): Job => ({
  name: 'warn-phase-end',
  cohortId,
  sessionId: id(),
  step: 1,
  plannedEndAt: '2026-05-04T17:00:00.000Z',
});

const states = async (name: Job['name'] | 'given-up'): Promise<readonly string[]> =>
  (await runSql(url, 'SELECT state FROM pgboss.job WHERE name = $1', [name])).rows.map(({ state }) => state);

const nothing = { deed: async () => {} };
const idle: Handlers = {
  ...IDLE,
  'bring-rooms': nothing,
  'bring-boards': nothing,
  announce: nothing,
  'warn-phase-end': { step: async () => allow(null) },
};
const taking: Handlers = {
  ...idle,
  'warn-phase-end': {
    step: async (records, job) => {
      await takeEffect(records, job);
      return allow(null);
    },
  },
};

it('a job whose worker was killed is done by another within half a minute, as a further attempt', async () => {
  const cohortId = id();
  await takenAndKilled({ name: 'bring-boards', cohortId });
  const attempts: number[] = [];
  const noted = async (job: Job, attempt: number): Promise<void> => {
    expect(job).toEqual({ name: 'bring-boards', cohortId });
    attempts.push(attempt);
  };
  await queue.work({ ...idle, 'bring-boards': { deed: noted } }, workshopOf(store));
  await until('the job comes back', () => attempts.length > 0, 30);
  expect(attempts).toEqual([2]);
}, 60_000);

describe('the effect of a step comes to pass exactly once', () => {
  it.each([
    ['when its effect was written', 'written'],
    ['when all but the commit was done', 'ended'],
  ])(
    'also when its worker was killed %s',
    async (_when, mode) => {
      const { id: cohortId } = await aCohort(store);
      await takenAndKilled(warning(cohortId), mode);
      expect(await effects(url, cohortId)).toEqual({ kept: 0, jobs: 0 });
      expect(await states('warn-phase-end')).toEqual(['active']);

      await queue.work(taking, workshopOf(store));
      await until('it is done', async () => (await states('warn-phase-end')).includes('completed'), 30);
      await sleep(1_000);
      expect(await effects(url, cohortId)).toEqual({ kept: 1, jobs: 1 });
      expect(await states('warn-phase-end')).toEqual(['completed']);
    },
    60_000,
  );

  it('also when somebody else was given the job, because it took too long', async () => {
    const { id: cohortId } = await aCohort(store);
    let begun = 0;
    let hold = true;
    const slowly: Handlers = {
      ...idle,
      'warn-phase-end': {
        step: async (records, job) => {
          begun += 1;
          await takeEffect(records, job);
          if (begun === 1) await until('it may go on', () => !hold);
          return allow(null);
        },
      },
    };
    await queue.work(slowly, workshopOf(store));
    await store.change(async ({ jobs }) => {
      await jobs.enqueue(warning(cohortId));
      return allow(null);
    });
    await until('it has begun', () => begun === 1);
    // As if its heart had not been heard for long.
    const unheard =
      "UPDATE pgboss.job SET heartbeat_on = now() - interval '1 h' WHERE name = 'warn-phase-end'";
    await runSql(url, unheard);
    await until(
      'another has done it',
      async () => (await states('warn-phase-end')).includes('completed'),
      20,
    );
    hold = false;
    await sleep(1_000);
    expect(begun).toBe(2);
    expect(await effects(url, cohortId)).toEqual({ kept: 1, jobs: 1 });
  }, 60_000);
});

it('a job whose worker was killed in its last attempt becomes a failure that admins see', async () => {
  const cohort = await aCohort(store, { guildId: 'guild' });
  await takenAndKilled({ name: 'announce', cohortId: cohort.id, announcementId: id() });
  await runSql(url, "UPDATE pgboss.job SET retry_limit = 0 WHERE name = 'announce'");
  await queue.work(idle, workshopOf(store));
  const open = () => store.records.failures.open('guild', 10);
  await until('it is on the list', async () => (await open()).length > 0, 30);
  expect(await open()).toMatchObject([
    { job: { name: 'announce' }, cohortId: cohort.id, attempts: 1, reference: 'reference' },
  ]);
  expect(await states('announce')).toEqual(['failed']);
}, 60_000);
