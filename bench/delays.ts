/** Measures how long after its moment a job is begun, beside a bare worker that does nothing. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { after, DAY, SECOND } from '../src/core/time.ts';
import { addDays } from '../src/core/wall-time.ts';
import { addCohorts } from './many-cohorts.ts';
import { type Program, startProgram } from './program.ts';
import { type Stage, setStage } from './stage.ts';
import { percentile, tableOf } from './table.ts';

const DUE = 2_000;
/** Jobs that wait for later, of each. */
const BACKGROUND = 50_000;
const WITHIN_SECONDS = 60;
/** Before the first is due: until all are written. */
const LEAD_SECONDS = 5;
const COHORTS = 100;
const PATIENCE = 300 * SECOND;

const QUEUES = { hearth: 'occurrence-due', bare: 'bare-due' } as const;

/** Meetings of which the first reminder is due at random moments, a day before each. */
const ADD_MEETINGS = `
  INSERT INTO occurrence (id, cohort_id, wall, zone, starts_at, minutes, state, revision, changed_at, version)
  SELECT gen_random_uuid(), cohort.id, '2030-01-01T00:00', cohort.zone,
    $1::timestamptz + random() * $2 * interval '1 second', 60, 'planned', 0, now(), 0
  FROM generate_series(0, $3::int - 1) AS number
  JOIN (SELECT id, zone, row_number() OVER () AS place FROM cohort) AS cohort ON cohort.place = 1 + number % $4`;

/** One for each meeting, in one queue. */
const ADD_DUE = `
  INSERT INTO pgboss.job (name, data, singleton_key, start_after)
  SELECT $1, json_build_object('name', 'occurrence-due', 'cohortId', cohort_id, 'occurrenceId', id,
    'startsAt', to_char(starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'revision', revision, 'milestone', 'day'),
    cohort_id::text, starts_at - interval '1 day'
  FROM occurrence`;

const LATER = `SELECT json_build_object('name', 'occurrence-due', 'cohortId', $1::text, 'occurrenceId', $1::text,
    'startsAt', '2030-01-01T00:00:00.000Z', 'revision', 0, 'milestone', 'day') AS job,
    now() + interval '1 hour' + random() * interval '28 days' AS at
  FROM generate_series(1, $2::int)`;

/** Hearth keeps for later what is due later; the bare worker's waits in its queue. */
const ADD_BACKGROUND = [
  `INSERT INTO later_job (job, due_at) SELECT job, at FROM (${LATER}) AS later`,
  `INSERT INTO pgboss.job (name, data, start_after) SELECT '${QUEUES.bare}', job, at FROM (${LATER}) AS later`,
];

const LEFT = `SELECT count(*)::int AS left FROM pgboss.job
  WHERE name = $1 AND start_after <= $2 AND state < 'completed'`;

const DELAYS = `SELECT 1000 * extract(epoch FROM started_on - start_after)::float8 AS delay FROM pgboss.job
  WHERE name = $1 AND start_after <= $2 ORDER BY 1`;

const prepare = async (pool: pg.Pool): Promise<void> => {
  const now = new Date();
  const today = now.toISOString().slice(0, 10);
  const cycle = { firstDate: today, lastDate: addDays(today, 70), plannedUntil: after(now, 56 * DAY) };
  await addCohorts(pool, COHORTS, cycle);
  for (const add of ADD_BACKGROUND) await pool.query(add, [randomUUID(), BACKGROUND]);
  await pool.query('VACUUM ANALYZE');
};

const finished = async (pool: pg.Pool, queue: string, last: Date): Promise<void> => {
  const deadline = last.getTime() + PATIENCE;
  await sleep(Math.max(0, last.getTime() - Date.now()));
  for (; Date.now() < deadline; await sleep(SECOND)) {
    const { rows } = await pool.query<{ left: number }>(LEFT, [queue, last]);
    if (rows[0]?.left === 0) return;
  }
  throw new Error('not all that was due was done');
};

/** Has so many jobs be due in one queue within a minute; the delays of all, in order. */
const delaysIn = async (pool: pg.Pool, queue: string, due: number): Promise<readonly number[]> => {
  const first = after(new Date(), LEAD_SECONDS * SECOND);
  const last = after(first, WITHIN_SECONDS * SECOND);
  await pool.query('DELETE FROM occurrence');
  await pool.query(ADD_MEETINGS, [after(first, DAY), WITHIN_SECONDS, due, COHORTS]);
  await pool.query(ADD_DUE, [queue]);
  await finished(pool, queue, last);
  const { rows } = await pool.query<{ delay: number }>(DELAYS, [queue, last]);
  return rows.map(({ delay }) => delay);
};

const tableFor = (hearth: readonly number[], bare: readonly number[]): string => {
  const row = (name: string, part: number) => {
    const [ours, theirs] = [percentile(hearth, part), percentile(bare, part)];
    return [name, ours.toFixed(0), theirs.toFixed(0), (ours / theirs).toFixed(2)];
  };
  return tableOf(
    `${hearth.length} jobs due within ${WITHIN_SECONDS} seconds, ${BACKGROUND} others waiting for later`,
    ['ms from its moment to its begin', 'Hearth', 'bare pg-boss', 'ratio'],
    [row('p50', 0.5), row('p99', 0.99)],
  );
};

const startBare = ({ databaseUrl }: Stage): Promise<Program> =>
  startProgram('bench/bare-worker.ts', 'The bare worker is up', {
    BARE_DATABASE_URL: databaseUrl,
    BARE_QUEUE: QUEUES.bare,
  });

/** Has Hearth and a bare worker, each a process of its own, do as many jobs, one after the other on one database. */
export const measureDelays = async (tell: (text: string) => void, due: number = DUE): Promise<void> => {
  const stage = await setStage();
  const { pool, startHearth, strike } = stage;
  try {
    await startHearth();
    const bare = await startBare(stage);
    await prepare(pool);
    const delays = {
      hearth: await delaysIn(pool, QUEUES.hearth, due),
      bare: await delaysIn(pool, QUEUES.bare, due),
    };
    await bare.stop();
    tell(tableFor(delays.hearth, delays.bare));
  } finally {
    await strike();
  }
};
