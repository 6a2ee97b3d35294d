/**
 * Jobs that are due much later wait in a table of our own, by when they are due. The queue's index is in the order in
 * which jobs were asked for, so that each of its looks would pass all that wait: with 50,000 of them, 370 to 650 pages
 * and 20 to 60 ms instead of 2 pages and 1 ms, eight times a second for each kind of job.
 */
import { fromPrisma, type PgBoss, type PrismaTransactionLike } from 'pg-boss';
import { MINUTE } from '../../core/time.ts';
import { cohortOf, type Jobs, type Timed } from '../../ports/jobs.ts';

type Database = ReturnType<PgBoss['getDb']>;

/** Milliseconds before it is due from which on a job stands in the queue itself. */
export const NEAR = 2 * MINUTE;
/** Seconds between two draws: several of them fall into the time in which a job is near. */
export const DRAW_EVERY_SECONDS = 15;
/** Most jobs of one transaction. */
const MOST = 1_000;

const KEEP = `INSERT INTO "later_job" ("job", "due_at")
  SELECT job, at FROM jsonb_to_recordset($1::jsonb) AS later(job jsonb, at timestamptz) RETURNING "id"::text`;

/** Keeps jobs, each with a moment, for later, in the transaction that asks for them. */
export const keepForLater = async (tx: PrismaTransactionLike, jobs: readonly Timed[]): Promise<void> => {
  if (jobs.length > 0) await fromPrisma(tx).executeSql(KEEP, [JSON.stringify(jobs)]);
};

/** For programs beside Hearth, which have no queue: what they ask for is drawn by a worker that runs, or by the next that is started. */
export const jobsForLater = (tx: PrismaTransactionLike): Jobs => {
  const keep = (jobs: readonly Timed[]) =>
    keepForLater(
      tx,
      jobs.map(({ job, at = new Date() }) => ({ job, at })),
    );
  return {
    enqueue: (job, at) => keep([{ job, ...(at && { at }) }]),
    enqueueAll: keep,
    finish: async () => {
      throw new TypeError('a program beside Hearth has no job in hand');
    },
  };
};

const TAKE = `DELETE FROM "later_job" WHERE "id" IN (
  SELECT "id" FROM "later_job" WHERE "due_at" <= $1::timestamptz ORDER BY "due_at" LIMIT ${MOST} FOR UPDATE SKIP LOCKED
) RETURNING "job", "due_at" AS "at"`;

/** A job as the queue takes it. */
export const rowOf = ({ job, at }: Timed) => {
  const singletonKey = cohortOf(job);
  return { data: job, ...(at && { startAfter: at }), ...(singletonKey !== undefined && { singletonKey }) };
};

/** Moves up to so many into the queue, and tells how many. */
const move = async (boss: PgBoss, db: Database, until: Date): Promise<number> => {
  const taken = await db.executeSql(TAKE, [until.toISOString()]);
  // Only `keepForLater` writes this table.
  const rows = taken.rows as readonly Timed[];
  for (const [name, jobs] of Map.groupBy(rows, ({ job }) => job.name)) {
    await boss.insert(name, jobs.map(rowOf), { db });
  }
  return rows.length;
};

const inTransaction = async <Value>(boss: PgBoss, work: (db: Database) => Promise<Value>): Promise<Value> => {
  const transaction = await boss.getDb().beginTransaction?.();
  if (!transaction) throw new TypeError('the queue has no transactions of its own');
  try {
    const value = await work(transaction.db);
    await transaction.commit();
    return value;
  } catch (cause) {
    await transaction.rollback();
    throw cause;
  }
};

/** Moves all that is due before `until` into the queue: each once, however many processes do it. */
export const drawLater = async (boss: PgBoss, until: Date): Promise<void> => {
  let moved = MOST;
  while (moved === MOST) moved = await inTransaction(boss, (db) => move(boss, db, until));
};
