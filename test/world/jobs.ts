/** The queue of the test world: a table of its own, so that a job is there if and only if its change was committed. */
import type { Deed, Step } from '../../src/adapters/jobs/handlers.ts';
import { ONE_AT_A_TIME, QUEUES } from '../../src/adapters/jobs/queues.ts';
import { handlersIn } from '../../src/handlers.ts';
import { cohortOf, type Job, type Jobs } from '../../src/ports/jobs.ts';
import type { World } from '../../src/ports/world.ts';
import { runSql } from '../postgres.ts';

interface Transaction {
  $queryRawUnsafe<Rows = unknown>(sql: string, ...values: unknown[]): Promise<Rows>;
}

export interface Queued {
  readonly job: Job;
  /** Not before then; undefined when it is due at once. */
  readonly at: Date | undefined;
}

/** Does what a job asks for. */
export type Handlers = {
  readonly [Name in Job['name']]?: (job: Extract<Job, { name: Name }>) => Promise<void>;
};

/** Everything that Hearth does with its jobs: a step is a change, and one that is refused a failure of the test. */
export const asHearthDoes = (world: World): Handlers =>
  Object.fromEntries(
    Object.entries(handlersIn(world)).map(([name, handler]) => [
      name,
      async (job: Job) => {
        // The name of a job chooses the handler of its own kind; the compiler cannot pair the two unions.
        const { step, deed } = handler as { step?: Step<Job>; deed?: Deed<Job> };
        await deed?.(job, 1);
        const done = step && (await world.store.change((records) => step(records, job, world.clock.now())));
        if (done && !done.ok) throw new Error(`${name} was refused: ${done.refusal.code}`);
      },
    ]),
  );

/** Prepares the queue of a database. */
export const prepareQueue = async (url: string): Promise<void> => {
  await runSql(
    url,
    'CREATE TABLE test_job (id serial PRIMARY KEY, job jsonb NOT NULL, due timestamptz, done boolean NOT NULL DEFAULT false)',
  );
};

/** The jobs of one transaction. */
export const jobsIn = (tx: Transaction): Jobs => {
  const enqueue: Jobs['enqueue'] = async (job, at) => {
    await tx.$queryRawUnsafe(
      'INSERT INTO test_job (job, due) VALUES ($1::jsonb, $2::timestamptz) RETURNING id',
      JSON.stringify(job),
      at?.toISOString() ?? null,
    );
  };
  return {
    enqueue,
    enqueueAll: async (jobs) => {
      for (const { job, at } of jobs) await enqueue(job, at);
    },
    // Taken out when it is taken in hand.
    finish: async () => {},
  };
};

/** Every job that is not done, in the order in which they were enqueued. */
export const waitingJobs = async (url: string): Promise<readonly Queued[]> => {
  const { rows } = await runSql(url, 'SELECT job, due FROM test_job WHERE NOT done ORDER BY id');
  return rows.map(({ job, due }) => ({ job, at: due ?? undefined }));
};

const takeDue = async (url: string, now: Date): Promise<readonly Job[]> => {
  const { rows } = await runSql(
    url,
    'UPDATE test_job SET done = true WHERE NOT done AND (due IS NULL OR due <= $1) RETURNING id, job',
    [now],
  );
  return rows.toSorted((a, b) => a.id - b.id).map(({ job }) => job);
};

/** What it serves beside itself is called the same: of what is done one at a time, all that wait for a cohort. */
const served = (job: Job, index: number): string => {
  const cohortId = cohortOf(job);
  return QUEUES[job.name] === ONE_AT_A_TIME && cohortId !== undefined
    ? `${job.name} ${cohortId}`
    : String(index);
};

/** As Hearth's own queue does, one for all that wait beside it. */
const oneForAll = (due: readonly Job[]): readonly Job[] =>
  [...Map.groupBy(due.entries(), ([index, job]) => served(job, index)).values()].flatMap(([first]) =>
    first ? [first[1]] : [],
  );

/** Does what is due, and what that brings about, until nothing is left. */
export const workOff = async (url: string, now: () => Date, handlers: Handlers): Promise<void> => {
  for (let due = await takeDue(url, now()); due.length > 0; due = await takeDue(url, now())) {
    for (const job of oneForAll(due)) {
      // The name of a job chooses the handler of its own kind; the compiler cannot pair the two unions.
      const handle = handlers[job.name] as ((job: Job) => Promise<void>) | undefined;
      await handle?.(job);
    }
  }
};
