/**
 * Real Postgres for the tests: one server a run (of our own, or the one at TEST_DATABASE_URL), one migrated template,
 * and for whoever asks a fresh database cloned from it.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { type Embedded, startEmbedded } from '../src/adapters/postgres/embedded/embedded.ts';
import { migrate } from '../src/adapters/postgres/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the migrated database that fresh ones are cloned from; its name begins all of theirs. */
    template: string;
  }
}

const nameIn = (url: string): string => new URL(url).pathname.slice(1);

const withName = (url: string, name: string): string => {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
};

/** A connection a database, kept while it is used: to make one costs more than most statements. */
const pools = new Map<string, pg.Pool>();

const poolOf = (url: string): pg.Pool => {
  const kept = pools.get(url);
  if (kept) return kept;
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    idleTimeoutMillis: 5_000,
    allowExitOnIdle: true,
  });
  // A database that is dropped, or a server that stops, takes its idle connections with it.
  pool.on('error', () => undefined);
  pools.set(url, pool);
  return pool;
};

/** Runs one statement. */
export const runSql = (url: string, sql: string, values: unknown[] = []): Promise<pg.QueryResult> =>
  poolOf(url).query(sql, values);

/** Address of a server that was there before the run. */
const given = process.env['TEST_DATABASE_URL'];

/**
 * On a server of our own, files are copied as they are: to write each page to the log, as is usual, costs several times as
 * much. It makes a checkpoint, for which others on a server that was given would wait.
 */
const STRATEGY = given ? '' : 'STRATEGY file_copy';

const create = async (url: string, name: string, template = 'template0'): Promise<string> => {
  await runSql(withName(url, 'postgres'), `CREATE DATABASE "${name}" TEMPLATE "${template}" ${STRATEGY}`);
  return withName(url, name);
};

/** A migrated database of the caller's own, gone at the end of the run. Ask once a test file. */
export const freshDatabase = (): Promise<string> => {
  const template = inject('template');
  return create(template, `${nameIn(template)}_${randomBytes(6).toString('hex')}`, nameIn(template));
};

/** A database with nothing in it, gone at the end of the run. */
export const emptyDatabase = (): Promise<string> => {
  const template = inject('template');
  return create(template, `${nameIn(template)}_${randomBytes(6).toString('hex')}`);
};

const dropAll = async (template: string): Promise<void> => {
  const server = withName(template, 'postgres');
  const { rows } = await runSql(server, 'SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [
    nameIn(template),
  ]);
  for (const { datname } of rows) await runSql(server, `DROP DATABASE "${datname}" WITH (FORCE)`);
};

/** What is gone with the run need not outlive a fall of the machine. */
const SETTINGS: Readonly<Record<string, string>> = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_wal_size: '4GB',
  ...(process.platform === 'linux' && { file_copy_method: 'clone' }),
};

/** The password stays as it is, and is proved with less work: each connection proves it anew. */
const quickly = async (url: string): Promise<void> => {
  for (const [name, value] of Object.entries(SETTINGS)) {
    await runSql(url, `ALTER SYSTEM SET ${name} = '${value}'`);
  }
  const { username, password } = new URL(url);
  await runSql(url, `SET scram_iterations = 1; ALTER ROLE "${username}" PASSWORD '${password}'`);
  await runSql(url, 'SELECT pg_reload_conf()');
};

const ownServer = async (): Promise<Embedded> => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-test-'));
  // As root, Postgres runs as somebody else, who must reach its folder.
  chmodSync(folder, 0o755);
  const server = await startEmbedded(join(folder, 'postgres'));
  await quickly(server.url);
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...server, stop };
};

/** Called by vitest before all tests; what it gives back is called after them. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const own = given ? undefined : await ownServer();
  const name = `hearth_test_${randomBytes(4).toString('hex')}`;
  const template = await create(own?.url ?? given ?? '', name);
  await migrate(template);
  project.provide('template', template);
  return async () => {
    await dropAll(template);
    await own?.stop();
  };
};
