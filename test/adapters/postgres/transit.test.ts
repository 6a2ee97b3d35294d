/** What goes to a database on another machine: encrypted, and to the right one, or not at all. */
import { appendFileSync, chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../../sandbox/voice/certificate.ts';
import { openJobs } from '../../../src/adapters/jobs/jobs.ts';
import { type Embedded, startEmbedded } from '../../../src/adapters/postgres/embedded/embedded.ts';
import { migrate } from '../../../src/adapters/postgres/migrate.ts';
import { listenForVoice } from '../../../src/adapters/postgres/signals.ts';
import { openStore } from '../../../src/adapters/postgres/store.ts';
import { isSafeInTransit } from '../../../src/adapters/postgres/transit.ts';
import { runSql } from '../../postgres.ts';
import { KEYS } from './kept.ts';

describe('an address', () => {
  it.each([
    'postgresql://u:p@127.0.0.1:5432/hearth',
    'postgresql://u:p@127.8.0.1/hearth',
    'postgresql://u:p@localhost/hearth',
    'postgresql://u:p@[::1]/hearth',
    'postgresql://u@%2Fvar%2Frun%2Fpostgresql/hearth',
    'postgresql://u@/hearth?host=/var/run/postgresql',
    'postgresql://u:p@db.example.org/hearth?sslmode=verify-full',
    'postgresql://u:p@192.0.2.7/hearth?sslmode=verify-full',
    'postgresql://u:p@db.example.org/hearth?ssl=true',
  ])('of this machine, or encrypted with a verified certificate, is safe: %s', (url) => {
    expect(isSafeInTransit(url)).toBe(true);
  });

  it.each([
    'postgresql://u:p@db.example.org/hearth',
    'postgresql://u:p@192.0.2.7/hearth',
    'postgresql://u:p@db.example.org/hearth?sslmode=disable',
    'postgresql://u:p@db.example.org/hearth?sslmode=no-verify',
    'postgresql://u:p@db.example.org/hearth?ssl=0',
    'postgresql://u:p@db.example.org/hearth?uselibpqcompat=true&sslmode=require',
    'postgresql://u:p@db.example.org/hearth?uselibpqcompat=true&sslmode=prefer',
    'postgresql://u:p@127.0.0.1.example.org/hearth',
    'postgresql://u:p@localhost.example.org/hearth',
    // What node-postgres connects to is the second.
    'postgresql://u:p@127.0.0.1/hearth?host=db.example.org',
  ])('of another machine, in the clear or to whoever poses as it, is not: %s', (url) => {
    expect(isSafeInTransit(url)).toBe(false);
  });

  it('with what other programs mean by require is safe exactly where node-postgres verifies', () => {
    const url = 'postgresql://u:p@db.example.org/hearth?sslmode=require';
    const { ssl } = new pg.Client({ connectionString: url });
    expect(ssl).toEqual({});
    expect(isSafeInTransit(url)).toBe(true);
  });
});

describe('a database with a certificate', () => {
  let folder: string;
  let database: Embedded;
  let rootCertificate: string;

  /** The address of the database as `host`, with these settings. */
  const address = (settings: Readonly<Record<string, string>>, host = '127.0.0.1'): string => {
    const url = new URL(database.url);
    url.hostname = host;
    for (const [name, value] of Object.entries(settings)) url.searchParams.set(name, value);
    return url.href;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hearth-transit-'));
    chmodSync(folder, 0o755);
    database = await startEmbedded(join(folder, 'postgres'));
    const { certificate, key } = makeCertificate();
    rootCertificate = join(folder, 'root.pem');
    writeFileSync(rootCertificate, certificate);
    const { uid, gid } = statSync(database.folder);
    for (const [name, text] of [
      ['server.crt', certificate],
      ['server.key', key],
    ] as const) {
      const path = join(database.folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      chownSync(path, uid, gid);
    }
    appendFileSync(
      join(database.folder, 'postgresql.conf'),
      "\nssl = on\nssl_min_protocol_version = 'TLSv1.2'\n",
    );
    await runSql(database.url, 'SELECT pg_reload_conf()');
  });
  afterAll(async () => {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const verified = () => address({ sslmode: 'verify-full', sslrootcert: rootCertificate });

  it('is spoken to by every connection of Hearth over TLS: migration, store, queue and signals', async () => {
    const url = verified();
    expect(isSafeInTransit(url)).toBe(true);
    const [begun] = (await runSql(url, 'SELECT clock_timestamp()::text AS at')).rows;
    const faults: unknown[] = [];
    const log = { info() {}, warn() {}, fault: (_event: string, cause: unknown) => `${faults.push(cause)}` };
    await migrate(url);
    const jobs = await openJobs({ url, log });
    const store = openStore({ url, keys: KEYS, jobs: jobs.enqueueIn });
    const listening = listenForVoice(url, log, () => {});
    expect(await store.answers()).toBe(true);
    const known = `SELECT s.ssl, a.query FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)
                   WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
                   AND a.backend_start > $1::timestamptz`;
    await expect
      .poll(async () => (await runSql(url, known, [begun.at])).rows.map(({ query }) => query).join('\n'), {
        timeout: 20_000,
      })
      .toMatch(/LISTEN hearth_voice/);
    const { rows } = await runSql(url, known, [begun.at]);
    expect(rows.length).toBeGreaterThanOrEqual(3);
    expect(rows.filter(({ ssl }) => !ssl)).toEqual([]);
    await listening.stop();
    await store.close();
    await jobs.stop();
    expect(faults).toEqual([]);
  });

  it.each([
    ['one that nobody vouches for', () => address({ sslmode: 'verify-full' }), /self-signed/],
    [
      'one of another name',
      () => address({ sslmode: 'verify-full', sslrootcert: rootCertificate }, 'localhost'),
      /does not match|altnames/,
    ],
    ['one under what require means to node-postgres', () => address({ sslmode: 'require' }), /self-signed/],
  ])('is not spoken to at all with a certificate that does not hold: %s', async (_what, url, why) => {
    await expect(migrate(url())).rejects.toThrow(why);
  });

  it('is not spoken to when it will not encrypt', async () => {
    await runSql(database.url, 'ALTER SYSTEM SET ssl = off');
    await runSql(database.url, 'SELECT pg_reload_conf()');
    await expect(migrate(verified())).rejects.toThrow('does not support SSL');
    await runSql(database.url, 'ALTER SYSTEM RESET ssl');
    await runSql(database.url, 'SELECT pg_reload_conf()');
  });
});
