/** What somebody who gets into the database finds beside it: never the keys that open what is sealed in it. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Embedded, startEmbedded } from '../../../src/adapters/postgres/embedded/embedded.ts';
import { runSql } from '../../postgres.ts';

const SECRET = 'HEARTH_KEYS_OF_A_TEST';

let folder: string;
let database: Embedded;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hearth-secrets-'));
  chmodSync(folder, 0o755);
  process.env[SECRET] = 'first:not-for-the-database';
  database = await startEmbedded(join(folder, 'postgres'));
});
afterAll(async () => {
  delete process.env[SECRET];
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

// Where a process can read its environment as a file, and Postgres can read files.
it.runIf(process.platform === 'linux')(
  'the keys in Hearth’s environment are not in the database’s',
  async () => {
    const read = "SELECT encode(pg_read_binary_file('/proc/self/environ'), 'escape') AS known";
    const [row] = (await runSql(database.url, read)).rows;
    expect(row.known).not.toContain('not-for-the-database');
  },
);

it('it answers on this machine only', async () => {
  const [row] = (await runSql(database.url, 'SHOW listen_addresses')).rows;
  expect(row.listen_addresses).toBe('127.0.0.1');
});
