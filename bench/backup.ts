/**
 * Measures a backup and its restoring as the rows grow in number: time, beside Postgres’s own copying of the same rows in
 * the same run, bytes, and how much memory they take at most beyond what the process had.
 */
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { v7 } from 'uuid';
import { makeBackup } from '../src/adapters/postgres/backup/backup.ts';
import { restoreBackup } from '../src/adapters/postgres/backup/restore.ts';
import { type KeyRing, parseKeys } from '../src/adapters/postgres/key-ring.ts';
import { type Database, openDatabase } from './database.ts';
import { tableOf } from './table.ts';

const SIZES = [50_000, 200_000];
const MEBIBYTE = 1_048_576;
const SAMPLED_EVERY = 20;

const KEYS: KeyRing = parseKeys(`bench:${Buffer.alloc(32, 7).toString('base64')}`);

/** As long as what somebody wrote, sealed: random, so that nothing is saved by its being alike. */
const fill = async ({ pool }: Database, rows: number): Promise<void> => {
  await pool.query('TRUNCATE later_job');
  await pool.query(
    `INSERT INTO later_job (job, due_at)
     SELECT jsonb_build_object('name', 'none', 'sealed', (
       SELECT string_agg(md5(random()::text || m || n), '') FROM generate_series(1, 10) m)), now()
     FROM generate_series(1, $1) n`,
    [rows],
  );
};

interface Took {
  readonly ms: number;
  /** Bytes of memory at most beyond those at its beginning. */
  readonly grown: number;
}

const measured = async (work: () => Promise<unknown>): Promise<Took> => {
  const before = process.memoryUsage.rss();
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, SAMPLED_EVERY);
  const begun = performance.now();
  await work().finally(() => clearInterval(sampling));
  return { ms: performance.now() - begun, grown: most - before };
};

const within = (url: string, name: string): string => {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
};

interface Round {
  readonly database: Database;
  readonly rows: number;
  readonly path: string;
  /** A folder that Postgres may write to. */
  readonly copies: string;
}

const copyOut = ({ database, rows, copies }: Round): Promise<Took> =>
  measured(() => database.pool.query(`COPY later_job TO '${join(copies, `${rows}.copy`)}'`));

const copyIn = async ({ database, rows, copies }: Round): Promise<Took> => {
  await database.pool.query('CREATE TABLE copied (LIKE later_job)');
  const took = await measured(() =>
    database.pool.query(`COPY copied FROM '${join(copies, `${rows}.copy`)}'`),
  );
  await database.pool.query('DROP TABLE copied');
  return took;
};

const restored = async ({ database, rows, path }: Round): Promise<Took> => {
  const name = `restored_${rows}`;
  await database.pool.query(`CREATE DATABASE ${name}`);
  const url = within(database.url, name);
  const asked = { ring: KEYS, path, erasures: undefined, checkpoints: [], isWhole: true, now: new Date() };
  const took = await measured(() => restoreBackup({ url, ...asked }));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const found = await client.query('SELECT count(*)::int AS n FROM later_job');
  await client.end();
  if (found.rows[0].n !== rows) throw new Error(`${found.rows[0].n} of ${rows} rows came back`);
  await database.pool.query(`DROP DATABASE ${name}`);
  return took;
};

const seconds = ({ ms }: Took): string => `${(ms / 1_000).toFixed(1)} s`;
const times = (one: Took, other: Took): string => `${(one.ms / other.ms).toFixed(1)} ×`;
const mebibytes = (bytes: number): string => `${(bytes / MEBIBYTE).toFixed(0)} MiB`;

const roundOf = async (round: Round): Promise<readonly string[]> => {
  const { database, rows, path } = round;
  await fill(database, rows);
  const plain = await copyOut(round);
  const made = await measured(() =>
    makeBackup({ url: database.url, ring: KEYS, path, id: v7(), now: new Date() }),
  );
  const back = await copyIn(round);
  const again = await restored(round);
  return [
    rows.toLocaleString('en'),
    mebibytes(statSync(path).size),
    ...[seconds(made), times(made, plain), mebibytes(made.grown)],
    ...[seconds(again), times(again, back), mebibytes(again.grown)],
  ];
};

const HEAD = [
  ...['rows', 'file', 'backup', 'of COPY TO', 'memory'],
  ...['restore', 'of COPY FROM', 'memory'],
];

/** Tells a row for each size, after one that warms up. */
export const measureBackup = async (
  tell: (text: string) => void,
  ...sizes: readonly number[]
): Promise<void> => {
  const database = await openDatabase();
  try {
    const copies = join(database.folder, 'copies');
    mkdirSync(copies);
    chmodSync(copies, 0o777);
    const round = (rows: number, name: string): Promise<readonly string[]> =>
      roundOf({ database, rows, copies, path: join(database.folder, `${name}.backup`) });
    await round(1_000, 'first');
    const lines: (readonly string[])[] = [];
    for (const rows of sizes.length > 0 ? sizes : SIZES) lines.push(await round(rows, String(rows)));
    tell(tableOf('Rows of about 400 bytes, beside COPY in the same run', HEAD, lines));
  } finally {
    await database.close();
  }
};
