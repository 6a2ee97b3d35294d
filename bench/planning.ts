/** Measures how long it takes to make rows of the meetings of many cohorts, beside a script that only inserts them. */
import { randomBytes } from 'node:crypto';
import { openJobs } from '../src/adapters/jobs/jobs.ts';
import { openLog } from '../src/adapters/pino/log.ts';
import { parseKeys } from '../src/adapters/postgres/key-ring.ts';
import { openStore } from '../src/adapters/postgres/store.ts';
import { clockOf, idsOf } from '../src/adapters/system/system.ts';
import { zones } from '../src/adapters/temporal/zones.ts';
import { planUntil } from '../src/app/plan-occurrences.ts';
import { allow } from '../src/core/outcome.ts';
import { after, DAY } from '../src/core/time.ts';
import { addDays } from '../src/core/wall-time.ts';
import type { World } from '../src/ports/world.ts';
import { openBarePlanner } from './bare-planner.ts';
import { type Database, openDatabase } from './database.ts';
import { addCohorts } from './many-cohorts.ts';
import { statementsOf } from './statements.ts';
import { tableOf } from './table.ts';

const COHORTS = 1_000;
const WEEKS = 8;
const ROUNDS = 3;
/** As many as a worker has in hand. */
const AT_ONCE = 4;

/** Plans all schedules from their beginning to a moment. */
export type Planner = (scheduleIds: readonly string[], until: Date) => Promise<void>;

/** Does all of it, so many at once. */
export const severalAtOnce = async <Each>(
  all: readonly Each[],
  work: (each: Each) => Promise<void>,
): Promise<void> => {
  const waiting = [...all];
  const hand = async (): Promise<void> => {
    for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) await work(each);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
};

type Planning = Pick<World, 'store' | 'ids' | 'zones' | 'clock'>;

/** The step of Hearth, but for its horizon, which is four weeks. */
const planOne = async (world: Planning, scheduleId: string, until: Date): Promise<void> => {
  const planned = await world.store.change(async (records) => {
    const schedule = await records.schedules.byId(scheduleId);
    const cohort = schedule && (await records.cohorts.byId(schedule.cohortId));
    if (schedule?.state === 'running' && cohort) await planUntil(world, records, { schedule, cohort, until });
    return allow(null);
  });
  if (!planned.ok) throw new Error(`a schedule was not planned: ${planned.refusal.code}`);
};

interface Planned {
  readonly seconds: number;
  readonly statements: number;
  readonly rows: number;
  readonly jobs: number;
  /** Of all meetings: whose and when. */
  readonly fingerprint: string;
}

const LOOK = `SELECT (SELECT count(*)::int FROM occurrence) AS rows,
  (SELECT count(*)::int FROM pgboss.job WHERE name = 'occurrence-due') + (SELECT count(*)::int FROM later_job) AS jobs,
  (SELECT md5(string_agg(cohort_id || wall || starts_at, ',' ORDER BY cohort_id, wall)) FROM occurrence) AS fingerprint`;

/** Makes everything as it was before anybody planned. */
const CLEAR = [
  'DELETE FROM occurrence',
  `DELETE FROM pgboss.job WHERE name = 'occurrence-due'`,
  'TRUNCATE later_job',
  'UPDATE schedule SET planned_until = written_at',
  'VACUUM ANALYZE',
];

const measure = async (
  { pool }: Database,
  planner: Planner,
  ids: readonly string[],
  until: Date,
): Promise<Planned> => {
  for (const statement of CLEAR) await pool.query(statement);
  const begun = performance.now();
  const statements = await statementsOf(() => planner(ids, until));
  const seconds = (performance.now() - begun) / 1_000;
  const { rows } = await pool.query<Omit<Planned, 'seconds' | 'statements'>>(LOOK);
  const [kept] = rows;
  if (!kept) throw new Error('the database told nothing');
  return { ...kept, seconds, statements: statements.length };
};

const PLANNERS = ['Hearth', 'bare, a cohort at a time', 'bare, all at once'] as const;
type Name = (typeof PLANNERS)[number];

const medianOf = (measured: readonly Planned[]): Planned => {
  const middle = measured.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(measured.length / 2)];
  if (!middle) throw new Error('nothing was measured');
  return middle;
};

const tableFor = (cohorts: number, measured: Readonly<Record<Name, readonly Planned[]>>): string => {
  const medians = PLANNERS.map((name) => medianOf(measured[name]));
  const row = (name: string, show: (planned: Planned) => string) => [name, ...medians.map(show)];
  const ours = medianOf(measured.Hearth).seconds;
  return tableOf(
    `${cohorts} cohorts in mixed zones, three meetings a week for ${WEEKS} weeks (median of ${ROUNDS} rounds)`,
    ['', ...PLANNERS],
    [
      row('rows', ({ rows }) => String(rows)),
      row('jobs', ({ jobs }) => String(jobs)),
      row('seconds', ({ seconds }) => seconds.toFixed(2)),
      row('SQL statements', ({ statements }) => String(statements)),
      row('statements a row', ({ statements, rows }) => (statements / rows).toFixed(3)),
      row('Hearth in times of it', ({ seconds }) => (ours / seconds).toFixed(2)),
    ],
  );
};

const expectSame = (planned: readonly Planned[]): void => {
  const kinds = new Set(planned.map(({ fingerprint, jobs }) => `${fingerprint} ${jobs}`));
  if (kinds.size !== 1) throw new Error('not everybody planned the same meetings');
};

const measureOn = async (
  database: Database,
  planners: Readonly<Record<Name, Planner>>,
  cohorts: number,
  now: Date,
): Promise<string> => {
  const { rows } = await database.pool.query<{ id: string }>('SELECT id FROM schedule');
  const ids = rows.map(({ id }) => id);
  const until = after(now, WEEKS * 7 * DAY);
  const measured: Record<Name, Planned[]> = {
    Hearth: [],
    'bare, a cohort at a time': [],
    'bare, all at once': [],
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of PLANNERS) measured[name].push(await measure(database, planners[name], ids, until));
  }
  expectSame(Object.values(measured).flat());
  return tableFor(cohorts, measured);
};

/** Plans in turns with a script that computes the same moments and inserts the same rows and jobs. */
export const measurePlanning = async (
  tell: (text: string) => void,
  cohorts: number = COHORTS,
): Promise<void> => {
  const database = await openDatabase();
  const { url, pool } = database;
  const jobs = await openJobs({ url, log: openLog('error') });
  const keys = parseKeys(`bench:${randomBytes(32).toString('base64')}`);
  const store = openStore({ url, keys, jobs: jobs.enqueueIn, connections: AT_ONCE });
  const world: Planning = { store, ids: idsOf(Date), zones, clock: clockOf(Date) };
  const now = new Date();
  const today = now.toISOString().slice(0, 10);
  await addCohorts(pool, cohorts, {
    firstDate: today,
    lastDate: addDays(today, (WEEKS + 2) * 7),
    plannedUntil: now,
  });
  const bare = openBarePlanner(url, now);
  const planners: Readonly<Record<Name, Planner>> = {
    Hearth: (ids, until) => severalAtOnce(ids, (id) => planOne(world, id, until)),
    'bare, a cohort at a time': (ids, until) => severalAtOnce(ids, (id) => bare.plan([id], until)),
    'bare, all at once': (ids, until) => bare.plan(ids, until),
  };
  try {
    tell(await measureOn(database, planners, cohorts, now));
  } finally {
    await bare.close();
    await store.close();
    await jobs.stop();
    await database.close();
  }
};
