/** Jobs on pg-boss: enqueued in the transaction that asks for them, done at least once by whichever process is free. */
import { type Clock, fromPrisma, type JobWithMetadata, PgBoss, type PrismaTransactionLike } from 'pg-boss';
import type { Job, Jobs, Timed } from '../../ports/jobs.ts';
import type { Log } from '../../ports/log.ts';
import { type JobName, ONE_AT_A_TIME, QUEUE_NAMES, QUEUES } from './queues.ts';

/** Does what a job asks for; the first attempt is 1. Throws when it must be tried again. */
export type Handlers = {
  readonly [Name in JobName]: (job: Extract<Job, { name: Name }>, attempt: number) => Promise<void>;
};

export interface JobsSettings {
  readonly url: string;
  readonly log: Log;
  /** A clock of its own, which then moves the database's sense of time, too. */
  readonly time?: Clock;
}

export interface JobQueue {
  /** Jobs that are enqueued inside a transaction. */
  enqueueIn(tx: PrismaTransactionLike): Jobs;
  /** Begins to do jobs. */
  work(handlers: Handlers): Promise<void>;
  /** Takes no more jobs, and resolves when those in hand are done. */
  finish(): Promise<void>;
  /** Closes the queue; until then jobs can be enqueued. */
  stop(): Promise<void>;
}

/** Seconds between two looks for jobs that have become due; new ones are told at once. */
const LOOK_EVERY_SECONDS = 0.5;
/** Seconds between two looks for jobs whose worker was killed: until they are found, their cohort's others wait. */
const MISS_EVERY_SECONDS = 5;
/** How many jobs of a kind are in hand at once. */
const HANDS = 4;
/** Milliseconds that jobs in hand are given to finish when Hearth stops. */
const STOP_PATIENCE = 20_000;
const CONNECTIONS = 4;

/** A queue that stands already keeps its settings until it is told of new ones; its policy it keeps for ever. */
const bringQueue = async (boss: PgBoss, name: JobName): Promise<void> => {
  const { policy, ...settings } = QUEUES[name];
  await boss.createQueue(name, { policy, ...settings });
  await boss.updateQueue(name, settings);
};

const startBoss = async ({ url, log, time }: JobsSettings): Promise<PgBoss> => {
  const boss = new PgBoss({
    connectionString: url,
    max: CONNECTIONS,
    useListenNotify: true,
    superviseIntervalSeconds: MISS_EVERY_SECONDS,
    monitorIntervalSeconds: MISS_EVERY_SECONDS,
    ...(time && { clock: time }),
  });
  boss.on('error', (cause) => void log.fault('jobs', cause));
  await boss.start();
  for (const name of QUEUE_NAMES) await bringQueue(boss, name);
  return boss;
};

/** One insert for all jobs of a kind. */
const enqueueAll = async (boss: PgBoss, tx: PrismaTransactionLike, jobs: readonly Timed[]): Promise<void> => {
  for (const [name, ofName] of Map.groupBy(jobs, ({ job }) => job.name)) {
    const rows = ofName.map(({ job, at }) => ({
      data: job,
      singletonKey: job.cohortId,
      ...(at && { startAfter: at }),
    }));
    await boss.insert(name, rows, { db: fromPrisma(tx) });
  }
};

const enqueuer = (boss: PgBoss, tx: PrismaTransactionLike): Jobs => ({
  enqueue: async (job, at) => {
    const options = { db: fromPrisma(tx), singletonKey: job.cohortId, ...(at && { startAfter: at }) };
    await boss.send(job.name, job, options);
  },
  enqueueAll: (jobs) => enqueueAll(boss, tx, jobs),
});

/**
 * What the queue is told of a failure, and keeps in the database as it is: where the log tells more, and never the cause,
 * which may hold all that was to be shown.
 */
class JobFailed extends Error {
  override readonly name = 'JobFailed';

  constructor(reference: string) {
    super(`the log tells more under ${reference}`);
  }
}

const doOne = async (handlers: Handlers, log: Log, job: JobWithMetadata<Job>): Promise<void> => {
  const attempt = job.retryCount + 1;
  // The name of a job chooses the handler of its own kind; the compiler cannot pair the two unions.
  const handle = handlers[job.data.name] as (data: Job, attempt: number) => Promise<void>;
  try {
    await handle(job.data, attempt);
  } catch (cause) {
    const last = job.retryCount >= job.retryLimit;
    const facts = { job: job.name, id: job.id, attempt };
    throw new JobFailed(log.fault(last ? 'job-given-up' : 'job-tried', cause, facts));
  }
};

/**
 * Jobs of the same cohort that wait beside this one, when it serves them all: their changes are committed, so that what
 * it reads from now on shows them.
 */
const waitingBeside = async (boss: PgBoss, { name, cohortId }: Job): Promise<readonly string[]> => {
  if (QUEUES[name] !== ONE_AT_A_TIME) return [];
  const waiting = await boss.findJobs(name, { key: cohortId, queued: true });
  return waiting.map(({ id }) => id);
};

/** Does one for all that wait beside it; these go only when it has succeeded. */
const doForAll = async (
  boss: PgBoss,
  handlers: Handlers,
  log: Log,
  job: JobWithMetadata<Job>,
): Promise<void> => {
  const beside = await waitingBeside(boss, job.data);
  await doOne(handlers, log, job);
  if (beside.length > 0) await boss.deleteJob(job.name, [...beside]);
};

const WORK = {
  includeMetadata: true,
  batchSize: 1,
  pollingIntervalSeconds: LOOK_EVERY_SECONDS,
  notifyPollingIntervalSeconds: LOOK_EVERY_SECONDS,
} as const;

/** One hand, which looks for the next job as soon as it has done one: pg-boss alone has it wait for its next look. */
const lendHand = async (
  boss: PgBoss,
  name: JobName,
  work: (job: JobWithMetadata<Job>) => Promise<void>,
): Promise<void> => {
  const hand = await boss.work<Job, void, typeof WORK>(name, WORK, async (jobs) => {
    try {
      for (const job of jobs) await work(job);
    } finally {
      boss.notifyWorker(hand);
    }
  });
};

/** Opens the queue; nothing is done before `work`. */
export const openJobs = async (settings: JobsSettings): Promise<JobQueue> => {
  const boss = await startBoss(settings);
  return {
    enqueueIn: (tx) => enqueuer(boss, tx),
    work: async (handlers) => {
      const work = (job: JobWithMetadata<Job>) => doForAll(boss, handlers, settings.log, job);
      for (const name of QUEUE_NAMES) {
        for (let hands = 0; hands < HANDS; hands += 1) await lendHand(boss, name, work);
      }
    },
    finish: async () => {
      await Promise.all(QUEUE_NAMES.map((name) => boss.offWork(name, { wait: true })));
    },
    stop: () => boss.stop({ graceful: true, timeout: STOP_PATIENCE }),
  };
};
