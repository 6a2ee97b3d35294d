/** Jobs on pg-boss: enqueued in the transaction that asks for them, done by whichever process is free. */
import { type Clock, fromPrisma, type JobWithMetadata, PgBoss, type PrismaTransactionLike } from 'pg-boss';
import { recordFailure } from '../../app/record-failure.ts';
import { JOB_NAMES, type JobName } from '../../core/failure.ts';
import { cohortOf, type InHand, type Job, type Jobs, type Timed } from '../../ports/jobs.ts';
import type { Log } from '../../ports/log.ts';
import type { World } from '../../ports/world.ts';
import type { Handler, Handlers, Step } from './handlers.ts';
import { type Heartbeat, startHeartbeat } from './heartbeat.ts';
import { DRAW_EVERY_SECONDS, drawLater, keepForLater, NEAR, rowOf } from './later.ts';
import { GIVEN_UP, GIVEN_UP_QUEUE, HANDS, ONE_AT_A_TIME, QUEUES, type Queue } from './queues.ts';

export interface JobsSettings {
  readonly url: string;
  readonly log: Log;
  /** A clock of its own, which then moves the database's sense of time, too. */
  readonly time?: Clock;
}

/** What steps are done with. */
export type Workshop = Pick<World, 'store' | 'clock' | 'ids'>;

export interface JobQueue {
  /** Jobs that are enqueued, or ended, inside a transaction. */
  enqueueIn(tx: PrismaTransactionLike): Jobs;
  /** Begins to do jobs. */
  work(handlers: Handlers, workshop: Workshop): Promise<void>;
  /** Takes no more jobs, and resolves when those in hand are done. */
  finish(): Promise<void>;
  /** Closes the queue; until then jobs can be enqueued. */
  stop(): Promise<void>;
}

/** Seconds between two looks for jobs that have become due; new ones are told at once. */
const LOOK_EVERY_SECONDS = 1;
/** Seconds between two looks for jobs whose worker was killed: until they are found, their cohort's others wait. */
const MISS_EVERY_SECONDS = 5;
/** Seconds between two sweeps of what has ended. */
const SWEEP_EVERY_SECONDS = 600;
/** Milliseconds that jobs in hand are given to finish when Hearth stops. */
const STOP_PATIENCE = 20_000;
/** Most connections of the queue in each process, beside the one on which new jobs are told; the store has its own. */
const CONNECTIONS = 4;

/** A queue that stands already keeps its settings until it is told of new ones; its policy it keeps for ever. */
const bringQueue = async (boss: PgBoss, name: string, { policy, ...settings }: Queue): Promise<void> => {
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
    maintenanceIntervalSeconds: SWEEP_EVERY_SECONDS,
    ...(time && { clock: time }),
  });
  boss.on('error', (cause) => void log.fault('jobs', cause));
  await boss.start();
  // The others refer to it.
  await bringQueue(boss, GIVEN_UP, GIVEN_UP_QUEUE);
  for (const name of JOB_NAMES) await bringQueue(boss, name, QUEUES[name]);
  return boss;
};

/** Somebody else may have this job in hand by now: an attempt that took too long ends without an effect. */
class OutOfHand extends Error {
  override readonly name = 'OutOfHand';
}

/** One insert for all that are kept for later, and one for all others of a kind. */
const enqueueAll = async (
  boss: PgBoss,
  tx: PrismaTransactionLike,
  jobs: readonly Timed[],
  now: number,
): Promise<void> => {
  const isFar = ({ at }: Timed): boolean => at !== undefined && at.getTime() - now > NEAR;
  await keepForLater(tx, jobs.filter(isFar));
  const near = jobs.filter((each) => !isFar(each));
  for (const [name, ofName] of Map.groupBy(near, ({ job }) => job.name)) {
    await boss.insert(name, ofName.map(rowOf), { db: fromPrisma(tx) });
  }
};

const jobsIn = (boss: PgBoss, tx: PrismaTransactionLike, now: () => number): Jobs => ({
  enqueue: (job, at) => enqueueAll(boss, tx, [{ job, ...(at && { at }) }], now()),
  enqueueAll: (jobs) => enqueueAll(boss, tx, jobs, now()),
  finish: async ({ job, id, attempt }) => {
    const claim = { id, retryCount: attempt - 1 };
    const ended = await boss.complete(job, claim, undefined, { db: fromPrisma(tx) });
    // pg-boss tells how many jobs it ended, though its types do not.
    if (Reflect.get(ended, 'affected') !== 1)
      throw new OutOfHand(`attempt ${attempt} of ${job} ${id} came too late`);
  },
});

/**
 * What the queue is told of a failure, and keeps in the database as it is: where the log tells more, and never the cause,
 * which may hold all that was to be shown.
 */
class JobFailed extends Error {
  override readonly name = 'JobFailed';
  readonly reference: string;

  constructor(reference: string) {
    super(`the log tells more under ${reference}`);
    this.reference = reference;
  }
}

const inHandOf = <Data>(name: InHand['job'], job: JobWithMetadata<Data>): InHand => ({
  job: name,
  id: job.id,
  attempt: job.retryCount + 1,
});

/** The step, and the end of the job, or neither. */
const doStep = async <Asked>(
  { store, clock }: Workshop,
  step: Step<Asked>,
  asked: Asked,
  inHand: InHand,
): Promise<void> => {
  const byJob = store.by({ role: 'hearth', source: 'job', command: inHand.job });
  const done = await byJob.change(async (records) => {
    const outcome = await step(records, asked, clock.now());
    if (outcome.ok) await records.jobs.finish(inHand);
    return outcome;
  });
  if (!done.ok) throw new Error(`the step was refused: ${done.refusal.code}`);
};

interface Work {
  readonly boss: PgBoss;
  readonly handlers: Handlers;
  readonly workshop: Workshop;
  readonly log: Log;
  readonly now: () => number;
}

const doOne = async ({ handlers, workshop, log }: Work, job: JobWithMetadata<Job>): Promise<void> => {
  const inHand = inHandOf(job.data.name, job);
  const { id, attempt } = inHand;
  // The name of a job chooses the handler of its own kind; the compiler cannot pair the two unions.
  const handler = handlers[job.data.name] as Handler<Job>;
  try {
    await ('step' in handler
      ? doStep(workshop, handler.step, job.data, inHand)
      : handler.deed(job.data, attempt));
  } catch (cause) {
    const last = job.retryCount >= job.retryLimit;
    throw new JobFailed(
      log.fault(last ? 'job-given-up' : 'job-tried', cause, { job: job.name, id, attempt }),
    );
  }
};

/**
 * Jobs of the same cohort that are due and wait beside this one, when it serves them all: their changes are committed, so
 * that what it reads from now on shows them. What is to be true only later waits for its own moment.
 */
const waitingBeside = async (boss: PgBoss, job: Job, now: number): Promise<readonly string[]> => {
  const key = cohortOf(job);
  if (QUEUES[job.name] !== ONE_AT_A_TIME || key === undefined) return [];
  const waiting = await boss.findJobs(job.name, { key, queued: true });
  // One that is to be tried again was due before.
  const wasDue = ({ state, startAfter }: (typeof waiting)[number]): boolean =>
    state === 'retry' || startAfter.getTime() <= now;
  return waiting.filter(wasDue).map(({ id }) => id);
};

/** Does one for all that wait beside it; these go only when it has succeeded. */
const doForAll = async (work: Work, job: JobWithMetadata<Job>): Promise<void> => {
  const beside = await waitingBeside(work.boss, job.data, work.now());
  await doOne(work, job);
  if (beside.length > 0) await work.boss.deleteJob(job.name, [...beside]);
};

/** The reference of the last attempt; one of its own when nobody lived to tell it, because the worker was killed. */
const referenceOf = (log: Log, { sourceOutput, sourceId, data }: JobWithMetadata<Job>): string => {
  const told: unknown = Reflect.get(sourceOutput ?? {}, 'reference');
  if (typeof told === 'string') return told;
  const cause = new Error('the last attempt did not end in its time, or its process was killed');
  return log.fault('job-given-up', cause, { job: data.name, id: sourceId ?? undefined });
};

/** Puts what was given up on the list of failures, once. */
const recordGivenUp = async ({ workshop, log }: Work, job: JobWithMetadata<Job>): Promise<void> => {
  const reference = referenceOf(log, job);
  const givenUp = { job: job.data, attempts: (job.sourceRetryCount ?? 0) + 1, reference };
  const record: Step<typeof givenUp> = (records, asked, now) => recordFailure(workshop, records, asked, now);
  try {
    await doStep(workshop, record, givenUp, inHandOf(GIVEN_UP, job));
  } catch (cause) {
    throw new JobFailed(log.fault('failure-not-recorded', cause, { job: job.data.name, id: job.id }));
  }
};

const QUEUES_WORKED: readonly (JobName | typeof GIVEN_UP)[] = [...JOB_NAMES, GIVEN_UP];

const nowOf =
  ({ time }: JobsSettings) =>
  (): number =>
    (time ?? Date).now();

/** Brings what is near into the queue, now and ever again; a stop waits for the draw in hand. */
const startDrawing = (boss: PgBoss, settings: JobsSettings): Heartbeat => {
  const draw = () => drawLater(boss, new Date(nowOf(settings)() + NEAR));
  let last: Promise<void> = draw().catch((cause: unknown) => void settings.log.fault('jobs', cause));
  const beat = startHeartbeat({ ...settings, seconds: DRAW_EVERY_SECONDS }, () => {
    last = last.then(draw, draw);
    return last;
  });
  return {
    stop: async () => {
      await beat.stop();
      await last.catch(() => undefined);
    },
  };
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
  name: string,
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
  const now = nowOf(settings);
  let drawing: Heartbeat | undefined;
  return {
    enqueueIn: (tx) => jobsIn(boss, tx, now),
    work: async (handlers, workshop) => {
      drawing = startDrawing(boss, settings);
      const work = { boss, handlers, workshop, log: settings.log, now };
      for (const name of QUEUES_WORKED) {
        const doIt = name === GIVEN_UP ? recordGivenUp : doForAll;
        for (let hands = 0; hands < HANDS[name]; hands += 1) {
          await lendHand(boss, name, (job) => doIt(work, job));
        }
      }
    },
    finish: async () => {
      await drawing?.stop();
      await Promise.all(QUEUES_WORKED.map((name) => boss.offWork(name, { wait: true })));
    },
    stop: () => boss.stop({ graceful: true, timeout: STOP_PATIENCE }),
  };
};
