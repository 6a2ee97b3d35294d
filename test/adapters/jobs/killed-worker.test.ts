/** A worker that is killed in the middle of a job loses nothing: the job comes back, and is done by the next. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { openJobs } from '../../../src/adapters/jobs/jobs.ts';
import { openStore } from '../../../src/adapters/postgres/store.ts';
import { allow } from '../../../src/core/outcome.ts';
import type { Log } from '../../../src/ports/log.ts';
import { freshDatabase } from '../../postgres.ts';
import { id, KEYS } from '../postgres/kept.ts';
import { until } from './until.ts';

const WORKER = new URL('killed-worker.ts', import.meta.url).pathname;
const log: Log = { info: () => {}, warn: () => {}, fault: () => 'reference' };

it('a job whose worker was killed is done by another within half a minute, as a further attempt', async () => {
  const url = await freshDatabase();
  const queue = await openJobs({ url, log });
  const store = openStore({ url, keys: KEYS, jobs: queue.enqueueIn });
  const worker = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', WORKER, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const cohortId = id();
  await store.change(async ({ jobs }) => {
    await jobs.enqueue({ name: 'bring-boards', cohortId });
    return allow(null);
  });
  await once(worker.stdout, 'data');
  worker.kill('SIGKILL');
  await once(worker, 'exit');

  const attempts: number[] = [];
  const nothing = async (): Promise<void> => {};
  await queue.work({
    'bring-rooms': nothing,
    'plan-occurrences': async () => undefined,
    'occurrence-due': async () => undefined,
    announce: nothing,
    'warn-phase-end': nothing,
    'bring-boards': async (job, attempt) => {
      expect(job.cohortId).toBe(cohortId);
      attempts.push(attempt);
    },
  });
  await until('the job comes back', () => attempts.length > 0, 30);
  expect(attempts).toEqual([2]);
  await queue.finish();
  await store.close();
  await queue.stop();
}, 60_000);
