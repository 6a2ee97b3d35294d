/** A worker that is killed in the middle of a job loses nothing: the job comes back, and is done by the next. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
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

/** Milliseconds: where little of a machine is left, all of them take long to start at once. */
const STORY = 180_000;

/** What each story has of its own, so that all of them can wait at once for what was killed to be missed. */
interface House {
  readonly url: string;
  readonly queue: JobQueue;
  readonly store: PostgresStore;
}

const aHouse = async ({ onTestFinished }: Pick<TestContext, 'onTestFinished'>): Promise<House> => {
  const url = await freshDatabase();
  const queue = await openJobs({ url, log });
  const store = openStore({ url, keys: KEYS, jobs: queue.enqueueIn });
  onTestFinished(async () => {
    await queue.finish();
    await store.close();
    await queue.stop();
  });
  return { url, queue, store };
};

/** A worker takes the job in hand, and is killed there. */
const takenAndKilled = async ({ url, store }: House, job: Job, mode = 'written'): Promise<void> => {
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

const states = async ({ url }: House, name: Job['name'] | 'given-up'): Promise<readonly string[]> =>
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

it.concurrent(
  'a job whose worker was killed is done by another within half a minute, as a further attempt',
  async (context) => {
    const house = await aHouse(context);
    const { queue, store } = house;
    const cohortId = id();
    await takenAndKilled(house, { name: 'bring-boards', cohortId });
    const attempts: number[] = [];
    const noted = async (job: Job, attempt: number): Promise<void> => {
      expect(job).toEqual({ name: 'bring-boards', cohortId });
      attempts.push(attempt);
    };
    await queue.work({ ...idle, 'bring-boards': { deed: noted } }, workshopOf(store));
    await until('the job comes back', () => attempts.length > 0, 30);
    expect(attempts).toEqual([2]);
  },
  STORY,
);

describe('the effect of a step comes to pass exactly once', () => {
  it.concurrent.for([
    ['when its effect was written', 'written'],
    ['when all but the commit was done', 'ended'],
  ] as const)('also when its worker was killed %s', { timeout: STORY }, async ([_when, mode], context) => {
    const house = await aHouse(context);
    const { url, queue, store } = house;
    const { id: cohortId } = await aCohort(store);
    await takenAndKilled(house, warning(cohortId), mode);
    expect(await effects(url, cohortId)).toEqual({ kept: 0, jobs: 0 });
    // In hand still, or missed by now.
    expect(await states(house, 'warn-phase-end')).toEqual([expect.stringMatching(/^(active|retry)$/)]);

    await queue.work(taking, workshopOf(store));
    await until('it is done', async () => (await states(house, 'warn-phase-end')).includes('completed'), 30);
    await sleep(1_000);
    expect(await effects(url, cohortId)).toEqual({ kept: 1, jobs: 1 });
    expect(await states(house, 'warn-phase-end')).toEqual(['completed']);
  });

  it.concurrent(
    'also when somebody else was given the job, because it took too long',
    async (context) => {
      const house = await aHouse(context);
      const { url, queue, store } = house;
      const { id: cohortId } = await aCohort(store);
      let begun = 0;
      let hold = true;
      const slowly: Handlers = {
        ...idle,
        'warn-phase-end': {
          step: async (records, job) => {
            begun += 1;
            await takeEffect(records, job);
            if (begun === 1) await until('it may go on', () => !hold, 120);
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
      // Another worker: the first is busy with it.
      const other = await openJobs({ url, log });
      context.onTestFinished(() => other.stop());
      await other.work(slowly, workshopOf(store));
      // As if its heart had not been heard for long.
      const unheard =
        "UPDATE pgboss.job SET heartbeat_on = now() - interval '1 h' WHERE name = 'warn-phase-end'";
      await runSql(url, unheard);
      await until(
        'another has done it',
        async () => (await states(house, 'warn-phase-end')).includes('completed'),
        60,
      );
      hold = false;
      await sleep(1_000);
      expect(begun).toBe(2);
      expect(await effects(url, cohortId)).toEqual({ kept: 1, jobs: 1 });
    },
    STORY,
  );
});

it.concurrent(
  'a job whose worker was killed in its last attempt becomes a failure that admins see',
  async (context) => {
    const house = await aHouse(context);
    const { url, queue, store } = house;
    const cohort = await aCohort(store, { guildId: 'guild' });
    await takenAndKilled(house, { name: 'announce', cohortId: cohort.id, announcementId: id() });
    await runSql(url, "UPDATE pgboss.job SET retry_limit = 0 WHERE name = 'announce'");
    await queue.work(idle, workshopOf(store));
    const open = () => store.records.failures.open('guild', 10);
    await until('it is on the list', async () => (await open()).length > 0, 30);
    expect(await open()).toMatchObject([
      { job: { name: 'announce' }, cohortId: cohort.id, attempts: 1, reference: 'reference' },
    ]);
    expect(await states(house, 'announce')).toEqual(['failed']);
  },
  STORY,
);
