/** Makes the tables of a backup in an empty database, in the transaction that fills them. */
import { randomUUID } from 'node:crypto';
import { type Migration, migrationsIn, PRISMAS_LOCK, PRISMAS_TABLE } from '../migrate.ts';
import type { Transaction } from '../transaction.ts';
import type { Label } from './document.ts';

/** A migration is many statements, which are sent one by one otherwise. */
const RUNNER = `
  CREATE FUNCTION pg_temp.hearth_run(sql text) RETURNS integer LANGUAGE plpgsql AS $$
  BEGIN EXECUTE sql; RETURN 1; END $$`;

/** Whoever starts Hearth meanwhile waits until the restoring is done. */
export const lockSchema = (tx: Transaction): Promise<unknown> =>
  tx.$queryRawUnsafe(`SELECT pg_advisory_xact_lock(${PRISMAS_LOCK})::text`);

/** Whether nothing of Hearth, and nothing else, stands in the database. */
export const isEmpty = async (tx: Transaction): Promise<boolean> => {
  const [found] = await tx.$queryRawUnsafe<{ readonly is: boolean }[]>(
    `SELECT NOT EXISTS (
       SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname IN ('public', 'pgboss') AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
     ) AS is`,
  );
  return found?.is ?? false;
};

/** Migrations of the backup, and those that came after it; undefined when this Hearth does not know one of them as it is. */
export const schemaOf = ({
  migrations,
}: Label): { readonly then: readonly Migration[]; readonly since: readonly Migration[] } | undefined => {
  const all = migrationsIn();
  const then = all.slice(0, migrations.length);
  const isKnown = migrations.every(
    ({ name, checksum }, index) => then[index]?.name === name && then[index].checksum === checksum,
  );
  return isKnown ? { then, since: all.slice(migrations.length) } : undefined;
};

const NOTE = `
  INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
  VALUES ($1, $2, $3, now(), 1)`;

/** To be called before the first migration. */
export const prepare = async (tx: Transaction): Promise<void> => {
  await tx.$executeRawUnsafe(PRISMAS_TABLE);
  await tx.$executeRawUnsafe(RUNNER);
};

/** Applies migrations, and notes that. */
export const applyAll = async (tx: Transaction, migrations: readonly Migration[]): Promise<void> => {
  for (const { name, checksum, sql } of migrations) {
    await tx.$queryRawUnsafe('SELECT pg_temp.hearth_run($1)', sql);
    // What waits for the end is done before the next one changes a table.
    await tx.$executeRawUnsafe('SET CONSTRAINTS ALL IMMEDIATE');
    await tx.$executeRawUnsafe('SET CONSTRAINTS ALL DEFERRED');
    await tx.$executeRawUnsafe(NOTE, randomUUID(), checksum, name);
  }
};
