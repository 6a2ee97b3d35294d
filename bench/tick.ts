/** Measures what a heartbeat costs at which nothing is due, as cohorts grow in number. */
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { parseKeys } from '../src/adapters/postgres/key-ring.ts';
import { openStore, type PostgresStore } from '../src/adapters/postgres/store.ts';
import { clockOf } from '../src/adapters/system/system.ts';
import { observe } from '../src/app/observe.ts';
import { planAhead } from '../src/app/plan-ahead.ts';
import { planningHorizon } from '../src/app/plan-occurrences.ts';
import { addDays } from '../src/core/wall-time.ts';
import { type Database, openDatabase } from './database.ts';
import { addCohorts } from './many-cohorts.ts';
import { type Statement, statementsOf } from './statements.ts';
import { percentile, tableOf } from './table.ts';

const SIZES = [10, 100, 1_000, 10_000] as const;
const BEATS = 300;
/** Before any is counted: connections are opened, and statements are known. */
const WARM_UP = 50;

/** Sessions and meetings of the past, which grow with the cohorts. */
const ADD_PAST = [
  `INSERT INTO session (id, cohort_id, number, agenda, topic_id, started_at, state, ended_at, version)
    SELECT gen_random_uuid(), id, number, '[]', 'none', now() - number * interval '1 week', 'ended',
      now() - number * interval '1 week' + interval '1 hour', 0
    FROM cohort, generate_series(1, 4) AS number ON CONFLICT DO NOTHING`,
  `INSERT INTO occurrence (id, cohort_id, schedule_id, wall, zone, starts_at, minutes, state, revision, changed_at, version)
    SELECT gen_random_uuid(), cohort_id, id, '2030-01-0' || number || 'T00:00', zone, now() + number * interval '1 week',
      60, 'planned', 0, now(), 0
    FROM schedule, generate_series(1, 4) AS number ON CONFLICT DO NOTHING`,
  'VACUUM ANALYZE',
];

interface Cost {
  readonly statements: number;
  readonly rows: number;
  /** Pages of 8 kB that Postgres touched. */
  readonly pages: number;
  /** Median. */
  readonly ms: number;
}

/** A step of a plan as Postgres tells it. */
interface Step {
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Step[];
}

const rowsRead = (step: Step): number =>
  (step['Actual Rows'] + (step['Rows Removed by Filter'] ?? 0)) * step['Actual Loops'] +
  (step.Plans ?? []).reduce((sum, each) => sum + rowsRead(each), 0);

const explained = async (pool: pg.Pool, { text, values }: Statement): Promise<Step> => {
  const explain = { text: `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values: [...values] };
  const { rows } = await pool.query<{ 'QUERY PLAN': readonly { readonly Plan: Step }[] }>(explain);
  const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
  if (!plan) throw new Error('Postgres did not explain itself');
  return plan;
};

const timeOf = async (beat: () => Promise<void>): Promise<number> => {
  const times: number[] = [];
  for (let index = -WARM_UP; index < BEATS; index += 1) {
    const begun = performance.now();
    await beat();
    if (index >= 0) times.push(performance.now() - begun);
  }
  return percentile(
    times.toSorted((a, b) => a - b),
    0.5,
  );
};

const costOf = async (pool: pg.Pool, beat: () => Promise<void>): Promise<Cost> => {
  const ms = await timeOf(beat);
  const statements = await statementsOf(beat);
  const steps: Step[] = [];
  for (const statement of statements) steps.push(await explained(pool, statement));
  return {
    statements: statements.length,
    rows: steps.reduce((sum, step) => sum + rowsRead(step), 0),
    pages: steps.reduce((sum, step) => sum + step['Shared Hit Blocks'] + step['Shared Read Blocks'], 0),
    ms,
  };
};

const beatsOn = (store: PostgresStore) => {
  const clock = clockOf(Date);
  // Nobody is in any room: it is asked only where a session goes on.
  const presence = { sees: () => true, inRoom: async () => [] };
  return {
    'the heartbeat of planning': () => planAhead({ store, clock }),
    'the heartbeat of presence': () => observe({ store, clock, presence }),
  } as const;
};

type Beat = keyof ReturnType<typeof beatsOn>;

const grow = async (pool: pg.Pool, by: number): Promise<void> => {
  const now = new Date();
  const today = now.toISOString().slice(0, 10);
  const cycle = { firstDate: today, lastDate: addDays(today, 70), plannedUntil: planningHorizon(now) };
  await addCohorts(pool, by, cycle);
  for (const statement of ADD_PAST) await pool.query(statement);
};

const tableFor = (beat: Beat, costs: readonly Cost[]): string => {
  const [first] = costs;
  return tableOf(
    `What ${beat} costs when nothing is due`,
    ['cohorts', 'SQL statements', 'rows read', 'pages touched', 'ms', 'times the first'],
    costs.map(({ statements, rows, pages, ms }, index) => [
      String(SIZES[index]),
      statements,
      rows,
      pages,
      ms.toFixed(2),
      (ms / (first?.ms ?? Number.NaN)).toFixed(2),
    ]),
  );
};

const measureOn = async (
  { pool }: Database,
  store: PostgresStore,
  tell: (text: string) => void,
): Promise<void> => {
  const beats = beatsOn(store);
  const costs: Record<Beat, Cost[]> = { 'the heartbeat of planning': [], 'the heartbeat of presence': [] };
  // The keys are those of a record that is written down here.
  const names = Object.keys(costs) as Beat[];
  let cohorts = 0;
  for (const size of SIZES) {
    await grow(pool, size - cohorts);
    cohorts = size;
    for (const name of names) costs[name].push(await costOf(pool, beats[name]));
  }
  for (const name of names) tell(tableFor(name, costs[name]));
};

/** Counts what Postgres reads and measures the time of both heartbeats, with ever more cohorts that are planned ahead. */
export const measureTick = async (tell: (text: string) => void): Promise<void> => {
  const database = await openDatabase();
  const keys = parseKeys(`bench:${randomBytes(32).toString('base64')}`);
  const none = () => Promise.reject(new Error('something was due'));
  const jobs = () => ({ enqueue: none, enqueueAll: none, finish: none });
  const store = openStore({ url: database.url, keys, jobs, connections: 1 });
  try {
    await measureOn(database, store, tell);
  } finally {
    await store.close();
    await database.close();
  }
};
