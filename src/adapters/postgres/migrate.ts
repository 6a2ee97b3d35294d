/**
 * Brings a database up to date from prisma/migrations, as `prisma migrate deploy` does (same table, same lock, same
 * checksums), but without Prisma's engine: either may follow the other.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

/** The number of the advisory lock that Prisma takes, so that of several starts at once one migrates. */
export const PRISMAS_LOCK = 72_707_369;

/** Keeps which were applied. */
export const PRISMAS_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface Applied {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/** All that are known, in order. */
export const migrationsIn = (folder: string = MIGRATIONS): readonly Migration[] =>
  readdirSync(folder)
    .toSorted()
    .map((name) => ({ name, file: join(folder, name, 'migration.sql') }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => {
      const sql = readFileSync(file, 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });

const applied = async (client: pg.Client): Promise<readonly Applied[]> => {
  const found = await client.query<Applied>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  const failed = found.rows.find((row) => row.finished_at === null);
  if (failed) {
    throw new Error(
      `The migration ${failed.migration_name} failed before and left the database half changed: ` +
        'restore a backup, or repair it and run "npx prisma migrate resolve".',
    );
  }
  return found.rows;
};

const outstanding = (all: readonly Migration[], done: readonly Applied[]): readonly Migration[] => {
  const checksums = new Map(done.map((row) => [row.migration_name, row.checksum]));
  const changed = all.find(({ name, checksum }) => (checksums.get(name) ?? checksum) !== checksum);
  if (changed) throw new Error(`The migration ${changed.name} was edited after it had been applied.`);
  return all.filter(({ name }) => !checksums.has(name));
};

const apply = async (client: pg.Client, migration: Migration): Promise<void> => {
  const id = randomUUID();
  await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [
    id,
    migration.checksum,
    migration.name,
  ]);
  try {
    await client.query(migration.sql);
  } catch (error) {
    await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [id, String(error)]);
    throw error;
  }
  await client.query(
    'UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1',
    [id],
  );
};

const whileLocked = async <Value>(client: pg.Client, work: () => Promise<Value>): Promise<Value> => {
  await client.query('SELECT pg_advisory_lock($1)', [PRISMAS_LOCK]);
  try {
    return await work();
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [PRISMAS_LOCK]);
  }
};

/** Applies what is not applied yet, in order, and gives its names; throws when an earlier one failed or was edited. */
export const migrate = async (url: string, folder: string = MIGRATIONS): Promise<readonly string[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await whileLocked(client, async () => {
      await client.query(PRISMAS_TABLE);
      const pending = outstanding(migrationsIn(folder), await applied(client));
      for (const migration of pending) await apply(client, migration);
      return pending.map(({ name }) => name);
    });
  } finally {
    await client.end();
  }
};
