/** Jobs are done if and only if their change was committed, at least once, and one at a time where it matters. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Handlers } from '../../../src/adapters/jobs/handlers.ts';
import { type JobQueue, openJobs } from '../../../src/adapters/jobs/jobs.ts';
import { openStore, type PostgresStore } from '../../../src/adapters/postgres/store.ts';
import { allow, refuse } from '../../../src/core/outcome.ts';
import type { Job } from '../../../src/ports/jobs.ts';
import type { Facts, Log } from '../../../src/ports/log.ts';
import { freshDatabase, runSql } from '../../postgres.ts';
import { allowed, id, KEYS, newCohort } from '../postgres/kept.ts';
import { IDLE } from './idle.ts';
import { until } from './until.ts';
import { workshopOf } from './workshop.ts';

let url: string;
let queue: JobQueue;
let store: PostgresStore;
const faults: (Facts & { event: string })[] = [];
const log: Log = {
  info: () => {},
  warn: () => {},
  fault: (event, _cause, facts) => {
    faults.push({ ...facts, event });
    return 'reference';
  },
};

/** What is done with each job; a test may replace it. */
let work: (job: Job, attempt: number) => Promise<void> = async () => {};
const done: { job: Job; attempt: number }[] = [];
const handle = async (job: Job, attempt: number): Promise<void> => {
  await work(job, attempt);
  done.push({ job, attempt });
};
const handlers: Handlers = {
  ...IDLE,
  'bring-rooms': { deed: handle },
  'bring-boards': { deed: handle },
  announce: { deed: handle },
  'warn-phase-end': {
    step: async (_records, job) => {
      await handle(job, 1);
      return allow(null);
    },
  },
};

beforeAll(async () => {
  url = await freshDatabase();
  queue = await openJobs({ url, log });
  store = openStore({ url, keys: KEYS, jobs: queue.enqueueIn });
  await queue.work(handlers, workshopOf(store));
});
afterEach(() => {
  work = async () => {};
});
afterAll(async () => {
  await queue.finish();
  await store.close();
  await queue.stop();
});

const boards = (cohortId: string): Job => ({ name: 'bring-boards', cohortId });
const enqueue = (job: Job, at?: Date) =>
  store.change(async ({ jobs }) => {
    await jobs.enqueue(job, at);
    return allow(null);
  });
const waiting = async (cohortId: string): Promise<number> => {
  const { rows } = await runSql(
    url,
    "SELECT 1 FROM pgboss.job WHERE state < 'completed' AND data->>'cohortId' = $1",
    [cohortId],
  );
  return rows.length;
};
const timesDone = (cohortId: string): number => done.filter(({ job }) => job.cohortId === cohortId).length;

describe('a job', () => {
  it('of each kind is done soon after its change was committed, with all that it was given', async () => {
    const cohortId = id();
    const jobs: readonly Job[] = [
      { name: 'bring-rooms', cohortId },
      { name: 'bring-boards', cohortId },
      { name: 'announce', cohortId, announcementId: id() },
      {
        name: 'warn-phase-end',
        cohortId,
        sessionId: id(),
        step: 2,
        plannedEndAt: '2026-05-04T17:00:00.000Z',
      },
    ];
    for (const job of jobs) await enqueue(job);
    await until('all four are done', () => timesDone(cohortId) === 4);
    for (const job of jobs) expect(done).toContainEqual({ job, attempt: 1 });
  });

  it('of a change that is refused or fails is never done', async () => {
    const cohort = await newCohort(store);
    const refused = await store.change(async ({ cohorts, jobs }) => {
      allowed(await cohorts.add(cohort));
      await jobs.enqueue(boards(cohort.id));
      return refuse({ code: 'no-session' });
    });
    expect(refused.ok).toBe(false);
    const failed = store.change(async ({ jobs }) => {
      await jobs.enqueue(boards(cohort.id));
      throw new Error('nobody foresaw this');
    });
    await expect(failed).rejects.toThrow('nobody foresaw this');
    await sleep(1_500);
    expect(timesDone(cohort.id)).toBe(0);
    const { rows } = await runSql(url, "SELECT 1 FROM pgboss.job WHERE data->>'cohortId' = $1", [cohort.id]);
    expect(rows).toEqual([]);
  });

  it('that is for later is not done before, and not long after', async () => {
    const cohortId = id();
    const due = Date.now() + 2_000;
    let doneAt = 0;
    work = async () => {
      doneAt = Date.now();
    };
    await enqueue(boards(cohortId), new Date(due));
    await until('it is done', () => timesDone(cohortId) === 1);
    expect(doneAt - due).toBeGreaterThanOrEqual(0);
    expect(doneAt - due).toBeLessThan(2_000);
  });

  it('that fails is tried again, and told which attempt it is', async () => {
    const cohortId = id();
    work = async (job, attempt) => {
      if (job.cohortId === cohortId && attempt === 1) throw new Error('Discord was away');
    };
    await enqueue(boards(cohortId));
    await until('the second attempt is done', () => timesDone(cohortId) === 1);
    expect(done.at(-1)).toEqual({ job: boards(cohortId), attempt: 2 });
    expect(faults).toContainEqual(
      expect.objectContaining({ event: 'job-tried', job: 'bring-boards', attempt: 1 }),
    );
  });

  it('that is tried for the last time and fails is given up, and is told', async () => {
    const cohortId = id();
    work = async () => {
      throw new Error('never');
    };
    // Not due yet, so that nobody has it in hand while its last attempt is made its first.
    await enqueue(boards(cohortId), new Date(Date.now() + 60_000));
    const last = "UPDATE pgboss.job SET retry_limit = 0, start_after = now() WHERE data->>'cohortId' = $1";
    await runSql(url, last, [cohortId]);
    const state = async () => {
      const found = "SELECT state FROM pgboss.job WHERE name = 'bring-boards' AND data->>'cohortId' = $1";
      return (await runSql(url, found, [cohortId])).rows[0]?.state;
    };
    await until('it is given up', async () => (await state()) === 'failed');
    expect(faults).toContainEqual(expect.objectContaining({ event: 'job-given-up', job: 'bring-boards' }));
  });
});

describe('the boards and rooms of one cohort', () => {
  it('are brought one after the other; other cohorts do not wait for them', async () => {
    const [one, two] = [id(), id()];
    let atOnce = 0;
    let most = 0;
    let hold = true;
    work = async (job) => {
      if (job.cohortId !== one) return;
      most = Math.max(most, ++atOnce);
      await until('it may go on', () => !hold);
      atOnce -= 1;
    };
    await enqueue(boards(one));
    await until('it has begun', () => atOnce === 1);
    await enqueue(boards(one));
    await enqueue(boards(two));
    await until('the other cohort is served', () => timesDone(two) === 1);
    expect(timesDone(one)).toBe(0);
    hold = false;
    await until('both wishes are served', () => timesDone(one) === 2);
    expect(most).toBe(1);
  });

  it('are brought anew for a change that is committed while they are being brought', async () => {
    const cohortId = id();
    let begun = false;
    let hold = true;
    work = async () => {
      begun = true;
      await until('it may go on', () => !hold);
    };
    await enqueue(boards(cohortId));
    await until('it has begun', () => begun);
    await enqueue(boards(cohortId));
    hold = false;
    await until('it is done twice', () => timesDone(cohortId) === 2);
  });

  it('are brought once for all changes that were committed before they were begun', async () => {
    const cohortId = id();
    let hold = true;
    work = () => until('it may go on', () => !hold);
    for (let wish = 0; wish < 5; wish += 1) await enqueue(boards(cohortId));
    hold = false;
    await until('nothing waits', async () => (await waiting(cohortId)) === 0);
    // The first may have been begun when the others came; whichever is begun next serves all the others.
    expect(timesDone(cohortId)).toBeLessThanOrEqual(2);
  });

  it('are brought again at the moment for which that was asked, though others are brought before', async () => {
    const cohortId = id();
    await enqueue(boards(cohortId), new Date(Date.now() + 3_000));
    await enqueue(boards(cohortId));
    await until('the first is done', () => timesDone(cohortId) === 1);
    expect(await waiting(cohortId)).toBe(1);
    await until('the later one is done', () => timesDone(cohortId) === 2);
  });

  it('are brought for all who wait, also when the first that was to serve them failed', async () => {
    const cohortId = id();
    let begun = 0;
    let hold = true;
    work = async () => {
      begun += 1;
      await until('it may go on', () => !hold);
      if (begun === 2) throw new Error('Discord was away');
    };
    await enqueue(boards(cohortId));
    await until('it has begun', () => begun === 1);
    await enqueue(boards(cohortId));
    await enqueue(boards(cohortId));
    hold = false;
    await until('nothing waits', async () => (await waiting(cohortId)) === 0);
    expect(timesDone(cohortId)).toBe(2);
  });
});

describe('a stop', () => {
  it('lets a job in hand be finished, and leaves the others to whoever comes next', async () => {
    const other = await freshDatabase();
    const first = await openJobs({ url: other, log });
    const ownStore = openStore({ url: other, keys: KEYS, jobs: first.enqueueIn });
    const [inHand, later] = [id(), id()];
    const finished: string[] = [];
    let begun = false;
    const slowly = async ({ cohortId }: { readonly cohortId: string }): Promise<void> => {
      begun = true;
      await sleep(500);
      finished.push(cohortId);
    };
    await first.work({ ...handlers, announce: { deed: slowly } }, workshopOf(ownStore));
    const say = (cohortId: string): Job => ({ name: 'announce', cohortId, announcementId: id() });
    await ownStore.change(async ({ jobs }) => {
      await jobs.enqueue(say(inHand));
      return allow(null);
    });
    await until('it has begun', () => begun);
    await first.finish();
    expect(finished).toEqual([inHand]);
    await ownStore.change(async ({ jobs }) => {
      await jobs.enqueue(say(later));
      return allow(null);
    });
    await ownStore.close();
    await first.stop();
    expect(finished).toEqual([inHand]);

    const second = await openJobs({ url: other, log });
    await second.work({ ...handlers, announce: { deed: slowly } }, workshopOf(store));
    await until('the next one does it', () => finished.length === 2);
    expect(finished).toEqual([inHand, later]);
    await second.finish();
    await second.stop();
  });
});

describe('a queue that stands since an earlier version', () => {
  it('is tried as hard as this version says', async () => {
    const elsewhere = await freshDatabase();
    const OURS = "name NOT LIKE '\\_\\_pgboss%'";
    const settings = async () => {
      const columns = 'name, policy, retry_limit, expire_seconds, heartbeat_seconds, dead_letter';
      return (await runSql(elsewhere, `SELECT ${columns} FROM pgboss.queue WHERE ${OURS} ORDER BY name`))
        .rows;
    };
    await (await openJobs({ url: elsewhere, log })).stop();
    const made = await settings();
    await runSql(elsewhere, `UPDATE pgboss.queue SET retry_limit = 1, expire_seconds = 7 WHERE ${OURS}`);
    await (await openJobs({ url: elsewhere, log })).stop();
    // One more than there are kinds: for what was given up.
    expect(made).toHaveLength(Object.keys(handlers).length + 1);
    expect(await settings()).toEqual(made);
  });
});
