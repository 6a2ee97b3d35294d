/** The master keys as whoever runs Hearth looks after them, by `npm run keys`: in plain sentences, and never a key. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseKeys } from '../src/adapters/postgres/key-ring.ts';
import { openStore } from '../src/adapters/postgres/store.ts';
import { until } from './adapters/jobs/until.ts';
import { keyPair, noJobs } from './adapters/postgres/kept.ts';
import { read, type Written, writtenByMany } from './adapters/postgres/written.ts';
import { freshDatabase, runSql } from './postgres.ts';
import { ended } from './program.ts';

const KEYS = fileURLToPath(new URL('../src/keys.ts', import.meta.url));
const OLD = keyPair('old', 1);
const NEW = keyPair('new', 2);

let folder: string;
let url: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hearth-keys-'));
  url = await freshDatabase();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs `npm run keys -- …` with these settings, in a folder without an `.env`. */
const begin = (settings: Readonly<Record<string, string>>, ...words: readonly string[]): ChildProcess =>
  spawn(process.execPath, ['--disable-warning=ExperimentalWarning', KEYS, ...words], {
    cwd: folder,
    env: {
      ...{ PATH: process.env['PATH'], HEARTH_DATA: folder, DATABASE_URL: url },
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const keys = async (settings: Readonly<Record<string, string>>, ...words: readonly string[]) => {
  const { code, said } = await ended(begin(settings, ...words));
  for (const pair of [OLD, NEW]) expect(said).not.toContain(pair.split(':')[1]);
  return { code, said };
};

/** A process of Hearth starts with these keys. */
const start = async (...pairs: readonly string[]): Promise<void> => {
  const store = openStore({ url, keys: parseKeys(pairs.join(',')), jobs: noJobs });
  expect(await store.strangeKeys()).toEqual([]);
  await store.close();
};

const written = (count: number, pair: string) => writtenByMany(url, parseKeys(pair), count);

const readWith = (all: readonly Written[], ...pairs: readonly string[]) =>
  read(url, parseKeys(pairs.join(',')), all);

describe('npm run keys', () => {
  it('says how it is used when it is not told what to do', async () => {
    expect(await keys({ HEARTH_KEYS: OLD })).toEqual({ code: 1, said: expect.stringContaining('show, new') });
    expect((await keys({ HEARTH_KEYS: OLD }, 'lose')).code).toBe(1);
  });

  it('makes no key where one is missing: what is kept would not open with it', async () => {
    const { code, said } = await keys({}, 'show');
    expect([code, said]).toEqual([1, expect.stringContaining('There is no key file')]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes whoever exchanges a key from one step to the next', async () => {
    await start(OLD);
    const all = await written(3, OLD);
    expect((await keys({ HEARTH_KEYS: OLD }, 'show')).said).toBe('old (seals): wraps 3 data keys.\n');

    const early = await keys({ HEARTH_KEYS: `${NEW},${OLD}` }, 'rotate');
    expect([early.code, early.said]).toEqual([1, expect.stringContaining('restart every process')]);

    await start(NEW, OLD);
    const without = await keys({ HEARTH_KEYS: NEW }, 'rotate');
    expect([without.code, without.said]).toEqual([1, expect.stringContaining('old is needed')]);

    const { code, said } = await keys({ HEARTH_KEYS: `${NEW},${OLD}` }, 'rotate');
    expect([code, said]).toEqual([
      0,
      expect.stringContaining('3 data keys and 0 values were brought under new'),
    ]);
    const { rows } = await runSql(
      url,
      `SELECT role, source, command, action, kind, object FROM audit_entry WHERE chain = '' ORDER BY number`,
    );
    expect(rows).toEqual([
      {
        ...{ role: 'operator', source: 'command-line', command: 'keys rotate' },
        ...{ action: 'rotate-keys', kind: 'keys', object: 'new' },
      },
    ]);
    expect(said).toMatch(/old opens nothing any more.*take it out of HEARTH_KEYS/);
    expect(await readWith(all, NEW)).toEqual(['text 0', 'text 1', 'text 2']);
    await start(NEW);
    expect((await keys({ HEARTH_KEYS: NEW }, 'show')).said).toBe('new (seals): wraps 3 data keys.\n');
  });

  it('tells of a key that is needed and not among those given', async () => {
    await written(1, OLD);
    const { said } = await keys({ HEARTH_KEYS: NEW }, 'show');
    expect(said).toContain('old: wraps 1 data key; it is NOT among the keys given');
    await keys({ HEARTH_KEYS: `${NEW},${OLD}` }, 'rotate');
  });

  it('goes on where it was killed: everything opens at every moment, with both keys, and then with the new one', async () => {
    const all = await written(600, OLD);
    const texts = all.map(({ plain }) => plain);
    const left = async (): Promise<number> =>
      Number(
        (await runSql(url, "SELECT count(*) AS left FROM data_key WHERE wrapped LIKE 'v1.old.%'")).rows[0]
          .left,
      );
    let killed = 0;
    for (let before = await left(); before > 0 && killed < 5; before = await left()) {
      const child = begin({ HEARTH_KEYS: `${NEW},${OLD}` }, 'rotate');
      const closed = once(child, 'close');
      await until('some are brought under the new key', async () => (await left()) < before, 60);
      child.kill('SIGKILL');
      await closed;
      killed += 1;
      expect(await readWith(all, NEW, OLD)).toEqual(texts);
    }
    expect(killed).toBeGreaterThan(0);
    expect((await keys({ HEARTH_KEYS: `${NEW},${OLD}` }, 'rotate')).code).toBe(0);
    expect(await readWith(all, NEW)).toEqual(texts);
  });
});

describe('npm run keys -- new', () => {
  it('puts a new key first into the key file, for its owner alone, and keeps the others', async () => {
    const path = join(folder, 'hearth.key');
    writeFileSync(path, `${OLD}\n`, { mode: 0o600 });
    const { code, said } = await keys({}, 'new', 'second');
    expect([code, said]).toEqual([0, expect.stringContaining('restart Hearth')]);
    const ring = parseKeys(readFileSync(path, 'utf8'));
    expect([ring.current, [...ring.keys.keys()]]).toEqual(['second', ['second', 'old']]);
    expect(ring.keys.get('old')).toEqual(Buffer.alloc(32, 1));
    expect(said).not.toContain(ring.keys.get('second')?.toString('base64') ?? '');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = await keys({}, 'new', 'second');
    expect([again.code, again.said]).toEqual([1, expect.stringContaining('already')]);
    expect((await keys({}, 'new', 'a.b')).code).toBe(1);
    expect(readFileSync(path, 'utf8').split(',')).toHaveLength(2);
    expect(readdirSync(folder)).toEqual(['hearth.key']);
  });

  it('makes a file of its own for keys that stand in the environment, and tells the steps', async () => {
    const { code, said } = await keys({ HEARTH_KEYS: OLD }, 'new', 'third');
    expect(code).toBe(0);
    expect(said).toMatch(/1\. .*\n2\. .*behind.*\n3\. .*before.*\n4\. npm run keys -- rotate\n5\. Delete/);
    const path = join(folder, 'third.key');
    expect(parseKeys(readFileSync(path, 'utf8')).current).toBe('third');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
