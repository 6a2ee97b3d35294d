/** Migrations, applied by Hearth's own runner or by Prisma's command line: either may follow the other. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { migrate } from '../../../src/adapters/postgres/migrate.ts';
import { runSql } from '../../postgres.ts';

const FIRST = '20261123210000_first';
const PRISMA = 'node_modules/prisma/build/index.js';

/** A database with nothing in it. */
const emptyDatabase = async (): Promise<string> => {
  const url = new URL(inject('template'));
  const server = new URL(url);
  server.pathname = '/postgres';
  url.pathname = `${url.pathname}_empty_${randomBytes(4).toString('hex')}`;
  await runSql(server.href, `CREATE DATABASE "${url.pathname.slice(1)}" TEMPLATE template0`);
  return url.href;
};

const prisma = (url: string, ...command: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PRISMA, ...command], {
    env: { ...process.env, DATABASE_URL: url, CI: '1' },
    encoding: 'utf8',
  });
  return { status, told: `${stdout}${stderr}` };
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hearth-migrations-'));
  cpSync('prisma/migrations', folder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

const addMigration = (name: string, sql: string): void => {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'migration.sql'), sql);
};

describe('migrations', () => {
  it('are applied once, also when several processes start at the same time', async () => {
    const url = await emptyDatabase();
    const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(applied.flat().filter((name) => name === FIRST)).toHaveLength(1);
    expect(await migrate(url)).toEqual([]);
  });

  it('applied by Hearth are up to date for Prisma, and leave exactly what its schema says', async () => {
    const url = await emptyDatabase();
    await migrate(url);
    expect(prisma(url, 'migrate', 'status')).toMatchObject({
      status: 0,
      told: expect.stringContaining('Database schema is up to date'),
    });
    expect(prisma(url, 'migrate', 'deploy').told).toContain('No pending migrations');
    const difference = ['migrate', 'diff', '--from-config-datasource', '--exit-code'];
    expect(prisma(url, ...difference, '--to-schema', 'prisma/schema.prisma')).toMatchObject({
      status: 0,
      told: expect.stringContaining('No difference'),
    });
  });

  it('applied by Prisma are up to date for Hearth', async () => {
    const url = await emptyDatabase();
    expect(prisma(url, 'migrate', 'deploy')).toMatchObject({
      status: 0,
      told: expect.stringContaining(FIRST),
    });
    expect(await migrate(url)).toEqual([]);
  });

  it('are applied in their order, and those that came later alone', async () => {
    const url = await emptyDatabase();
    await migrate(url);
    addMigration('20990102000000_third', 'ALTER TABLE later ADD COLUMN more text;');
    addMigration('20990101000000_second', 'CREATE TABLE later (id int);');
    expect(await migrate(url, folder)).toEqual(['20990101000000_second', '20990102000000_third']);
  });

  it('that fail stop the next start, too, and leave word of what went wrong', async () => {
    const url = await emptyDatabase();
    addMigration('20990103000000_broken', 'CREATE TABLE broken (id int); SELECT nonsense;');
    await expect(migrate(url, folder)).rejects.toThrow('nonsense');
    await expect(migrate(url, folder)).rejects.toThrow('20990103000000_broken failed before');
    const { rows } = await runSql(url, 'SELECT logs FROM _prisma_migrations WHERE finished_at IS NULL');
    expect(rows[0]?.logs).toContain('nonsense');
  });

  it('that were edited after they had been applied are noticed', async () => {
    const url = await emptyDatabase();
    await migrate(url);
    appendFileSync(join(folder, FIRST, 'migration.sql'), '-- another word\n');
    await expect(migrate(url, folder)).rejects.toThrow(`${FIRST} was edited`);
  });
});
