/** The Postgres that comes with Hearth: it starts, stops, keeps what it was told, and is taken over after a kill. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Embedded, startEmbedded } from '../../../src/adapters/postgres/embedded/embedded.ts';
import { runSql } from '../../postgres.ts';

const EMBEDDED = new URL('../../../src/adapters/postgres/embedded/embedded.ts', import.meta.url).href;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hearth-embedded-'));
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process that starts the Postgres in a folder, writes something down, and is killed at once. */
const startAndDie = async (where: string): Promise<void> => {
  const script = `
    const { startEmbedded } = await import(${JSON.stringify(EMBEDDED)});
    const { default: pg } = await import('pg');
    const { url } = await startEmbedded(${JSON.stringify(where)});
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('INSERT INTO kept VALUES (2)');
    process.kill(process.pid, 'SIGKILL');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  await new Promise<void>((resolve) => child.once('exit', () => resolve()));
};

const kept = async ({ url }: Embedded): Promise<readonly number[]> =>
  (await runSql(url, 'SELECT n FROM kept ORDER BY n')).rows.map(({ n }) => n);

describe('the Postgres of our own', () => {
  it('keeps what it was told over a stop and over a kill, after which it is taken over as it runs', async () => {
    const where = join(folder, 'data', 'postgres');
    const first = await startEmbedded(where);
    await runSql(first.url, 'CREATE TABLE kept (n int)');
    await runSql(first.url, 'INSERT INTO kept VALUES (1)');
    await first.stop();
    expect(existsSync(join(first.folder, 'postmaster.pid'))).toBe(false);

    await startAndDie(where);
    const second = await startEmbedded(where);
    expect(second.adopted).toBe(true);
    expect(await kept(second)).toEqual([1, 2]);
    await second.stop();
    expect(existsSync(join(second.folder, 'postmaster.pid'))).toBe(false);

    const third = await startEmbedded(where);
    expect(third.adopted).toBe(false);
    expect(await kept(third)).toEqual([1, 2]);
    await third.stop();
  });

  it('lets in nobody without its password, and keeps folder and password to itself', async () => {
    const server = await startEmbedded(join(folder, 'closed', 'postgres'));
    const stranger = new URL(server.url);
    stranger.password = 'guessed';
    await expect(runSql(stranger.href, 'SELECT 1')).rejects.toThrow('password');
    expect(statSync(server.folder).mode & 0o777).toBe(0o700);
    expect(statSync(`${server.folder}.password`).mode & 0o777).toBe(0o600);
    await server.stop();
  });

  it('tells the difference between small and capital letters of any language', async () => {
    const server = await startEmbedded(join(folder, 'letters', 'postgres'));
    const { rows } = await runSql(server.url, "SELECT lower('ÄÖ ŁÓDŹ ΑΒΓ') AS lowered");
    expect(rows).toEqual([{ lowered: 'äö łódź αβγ' }]);
    await server.stop();
  });
});
