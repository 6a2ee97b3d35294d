/** Hearth runs as a role that may not change the audit, not even without the triggers: by what the README says, word for word. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openJobs } from '../../../src/adapters/jobs/jobs.ts';
import { migrate } from '../../../src/adapters/postgres/migrate.ts';
import { openStore, type PostgresStore } from '../../../src/adapters/postgres/store.ts';
import { freshDatabase, runSql } from '../../postgres.ts';
import { aCohort, aMember, KEYS } from './kept.ts';

const README = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const role = `hearth_app_${randomBytes(4).toString('hex')}`;
const log = { info: () => {}, warn: () => {}, fault: () => 'reference' };

const grants = (database: string): string => {
  const [, sql = ''] = /```sql\n(GRANT[^`]+)```/.exec(README) ?? [];
  return sql.replaceAll('hearth_app', role).replace('DATABASE hearth', `DATABASE "${database}"`);
};

let owner: string;
let app: string;
let store: PostgresStore;
let stop: () => Promise<void>;
beforeAll(async () => {
  owner = await freshDatabase();
  const url = new URL(owner);
  await runSql(owner, `CREATE ROLE ${role} LOGIN PASSWORD 'app'`);
  await runSql(owner, grants(url.pathname.slice(1)));
  [url.username, url.password] = [role, 'app'];
  app = url.href;
  await migrate(app);
  const queue = await openJobs({ url: app, log });
  store = openStore({ url: app, keys: KEYS, jobs: queue.enqueueIn });
  await store.strangeKeys();
  await store.keepAuditKeys();
  stop = async () => {
    await store.close();
    await queue.stop();
  };
});
afterAll(async () => {
  await stop();
  await runSql(owner, `DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`);
});

describe('a role without the right to change the audit', () => {
  it('is enough for Hearth, and what it does is noted', async () => {
    const cohort = await aCohort(store, { guildId: 'guild' });
    const { person } = await aMember(store, cohort);
    await store.change(async ({ jobs }) => {
      await jobs.enqueue({ name: 'bring-rooms', cohortId: cohort.id });
      return { ok: true, value: null };
    });
    const { rows } = await runSql(app, 'SELECT kind FROM audit_entry ORDER BY number');
    expect(rows.map(({ kind }) => kind)).toEqual(['cohort', 'membership']);
    await runSql(app, 'UPDATE audit_code SET person_id = NULL WHERE person_id = $1', [person.id]);
  });

  it.each([
    'UPDATE audit_entry SET subject = NULL',
    'DELETE FROM audit_entry',
    'TRUNCATE audit_entry',
    'ALTER TABLE audit_entry DISABLE TRIGGER ALL',
    'DROP TABLE audit_entry',
    'UPDATE audit_code SET code = code',
    'DELETE FROM audit_code',
    'SET session_replication_role = replica',
  ])('may not %s', async (sql) => {
    await expect(runSql(app, sql)).rejects.toThrow(/permission denied|must be owner/);
  });
});
