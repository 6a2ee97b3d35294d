/** The audit of a real database is verified: whoever writes past Hearth is found, and whatever dies leaves it sound. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OpenTrail, openTrail } from '../../../src/adapters/postgres/audit/trail.ts';
import { type KeyRing, parseKeys } from '../../../src/adapters/postgres/key-ring.ts';
import { openStore } from '../../../src/adapters/postgres/store.ts';
import { checkpointsIn } from '../../../src/adapters/system/checkpoint-file.ts';
import { checkpointing, whenGrown } from '../../../src/app/make-checkpoints.ts';
import { verifyAudit } from '../../../src/app/verify-audit.ts';
import { runSql } from '../../postgres.ts';
import { aCohort, aMember, aStore, KEYS, type Kept, noJobs, START } from './kept.ts';

const AUDIT = new URL('../../../src/audit.ts', import.meta.url).pathname;
const WRITER = new URL('killed-writer.ts', import.meta.url).pathname;
const log = { info: () => {}, warn: () => {}, fault: () => 'reference' };

let kept: Kept;
let folder: string;
let file: string;
const open: OpenTrail[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hearth-audit-'));
});
afterAll(async () => {
  for (const trail of open) await trail.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  kept = await aStore();
  file = join(mkdtempSync(join(folder, 'checkpoints-')), 'kept.jsonl');
  const cohort = await aCohort(kept.store, { guildId: 'guild' });
  for (let members = 0; members < 6; members += 1) await aMember(kept.store, cohort);
  return () => kept.store.close();
});

const trailWith = async (keys: KeyRing = KEYS): Promise<OpenTrail> => {
  const trail = await openTrail(kept.url, keys);
  open.push(trail);
  return trail;
};

const verdict = async (keys: KeyRing = KEYS) => verifyAudit(await trailWith(keys), checkpointsIn(file));

const makeOne = async () =>
  (await checkpointing({ trail: await trailWith(), kept: checkpointsIn(file), log }))(START, whenGrown);

/** Writes as somebody who rules over the database, whom no trigger stops. */
const tamper = (sql: string) => runSql(kept.url, `SET session_replication_role = replica; ${sql}`);

const sound = { chain: 'guild', entries: 7, checkpoints: 0 };

describe('a chain in the database', () => {
  it('is sound as Hearth has written it', async () => {
    expect(await verdict()).toEqual({ chains: [sound], strangeLines: [] });
  });

  it.each([
    ['an edit', `UPDATE audit_entry SET subject = NULL WHERE number = 4`, 4, 'changed'],
    [
      'an edit of its time',
      `UPDATE audit_entry SET at = at + interval '1 ms' WHERE number = 4`,
      4,
      'changed',
    ],
    ['a deletion', 'DELETE FROM audit_entry WHERE number = 4', 4, 'missing'],
    ['a deletion of its beginning', 'DELETE FROM audit_entry WHERE number = 1', 1, 'missing'],
    [
      'a swap',
      `UPDATE audit_entry SET number = 99 WHERE number = 3; UPDATE audit_entry SET number = 3, previous = (SELECT previous FROM audit_entry WHERE number = 99) WHERE number = 5; UPDATE audit_entry SET number = 5 WHERE number = 99`,
      3,
      'changed',
    ],
    [
      'an insertion at its end',
      `INSERT INTO audit_entry SELECT chain, 8, at, actor, role, source, command, action, kind, object, cohort, subject, outcome, key, hash, repeat('a', 64) FROM audit_entry WHERE number = 7`,
      8,
      'changed',
    ],
    [
      'a chain in the name of another server',
      `UPDATE audit_entry SET chain = 'other' WHERE chain = 'guild'`,
      1,
      'changed',
    ],
  ])('shows %s', async (_what, sql, number, fault) => {
    await tamper(sql);
    const { chains } = await verdict();
    expect(chains[0]?.bad).toEqual({ number, fault });
  });

  it('shows that its end was cut off behind a checkpoint, or all of it; what came later cannot be known', async () => {
    expect(await makeOne()).toMatchObject([{ chain: 'guild', number: 7, count: 7 }]);
    expect(await makeOne()).toEqual([]);
    await aCohort(kept.store, { guildId: 'guild' });
    await tamper('DELETE FROM audit_entry WHERE number > 7');
    expect((await verdict()).chains).toEqual([{ ...sound, checkpoints: 1 }]);
    await tamper('DELETE FROM audit_entry WHERE number > 5');
    expect((await verdict()).chains[0]?.bad).toEqual({ number: 6, fault: 'cut' });
    await tamper('DELETE FROM audit_entry');
    expect((await verdict()).chains[0]?.bad).toEqual({ number: 1, fault: 'cut' });
  });

  it('is sound when keys were changed since, and the first of them has long gone', async () => {
    const ring = (...names: readonly string[]) =>
      parseKeys(names.map((name) => `${name}:${Buffer.alloc(32, name).toString('base64')}`).join(','));
    const old = `test:${Buffer.alloc(32, 7).toString('base64')}`;
    const steps = [
      parseKeys(old),
      parseKeys(`second:${Buffer.alloc(32, 'second').toString('base64')},${old}`),
      ring('second'),
      ring('third', 'second'),
      ring('third'),
    ];
    for (const keys of steps) {
      const store = openStore({ url: kept.url, keys, jobs: noJobs });
      await store.keepAuditKeys();
      await store
        .by({ role: 'operator', source: 'command-line', command: 'keys rotate' })
        .records.audit.note({
          action: 'rotate-keys',
          kind: 'keys',
        });
      await store.close();
    }
    const { rows } = await runSql(kept.url, 'SELECT DISTINCT key FROM audit_entry ORDER BY key');
    expect(rows.map(({ key }) => key)).toEqual(['second', 'test', 'third']);
    expect((await verdict(ring('third'))).chains).toEqual([{ ...sound, chain: '', entries: 5 }, sound]);
    expect((await verdict(ring('fourth'))).chains.map(({ bad }) => bad?.fault)).toEqual([
      'unknown-key',
      'unknown-key',
    ]);
  });
});

describe('the file with checkpoints', () => {
  it('tells of lines that Hearth did not write, and goes by the others', async () => {
    await makeOne();
    const [line = ''] = readFileSync(file, 'utf8').split('\n');
    appendFileSync(file, `${line.replace('"number":7', '"number":9')}\nnonsense\n{"chain":"guild"}\n`);
    const { chains, strangeLines } = await verdict();
    expect(chains).toEqual([{ ...sound, checkpoints: 1 }]);
    expect(strangeLines).toEqual([2, 3, 4]);
  });
});

describe('a writer that is killed', () => {
  it('in the middle of its work leaves chains without a gap, and an entry for whatever it kept', async () => {
    const cohort = await aCohort(kept.store, { guildId: 'killed' });
    const killed = async (account: string, after: number): Promise<void> => {
      const args = ['--disable-warning=ExperimentalWarning', WRITER, kept.url, cohort.id, account];
      const writer = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(writer.stdout, 'data');
      await sleep(after);
      writer.kill('SIGKILL');
      await once(writer, 'exit');
    };
    await Promise.all(['one', 'two', 'three'].map((account, index) => killed(account, 150 + 130 * index)));
    const count = async (sql: string): Promise<number> => (await runSql(kept.url, sql)).rows[0].n;
    const goals = await count(`SELECT count(*)::int AS n FROM goal WHERE cohort_id = '${cohort.id}'`);
    const noted = await count(
      `SELECT count(*)::int AS n FROM audit_entry WHERE chain = 'killed' AND kind = 'goal' AND action = 'create'`,
    );
    expect(goals).toBeGreaterThan(2);
    expect(noted).toBe(goals);
    expect((await verdict()).chains.map(({ bad }) => bad)).toEqual([undefined, undefined]);
  });
});

describe('npm run audit', () => {
  const audit = async (...args: readonly string[]) => {
    const env = {
      ...process.env,
      ...{ DATABASE_URL: kept.url, HEARTH_DATA: folder, HEARTH_LOG: 'silent' },
      ...{ HEARTH_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`, HEARTH_AUDIT_CHECKPOINTS: file },
    };
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', AUDIT, ...args], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    const [code] = await once(child, 'close');
    return { code, said };
  };

  it('says in sentences whether it is as it was written, and ends with 1 when it is not', async () => {
    expect(await audit('checkpoint')).toMatchObject({
      code: 0,
      said: expect.stringContaining('The chain of server guild has a checkpoint at entry 7.'),
    });
    expect(await audit('verify')).toEqual({
      code: 0,
      said: 'The chain of server guild is sound: 7 entries, 1 checkpoints.\n',
    });
    await tamper('DELETE FROM audit_entry WHERE number = 5');
    writeFileSync(file, 'nonsense\n');
    const { code, said } = await audit('verify');
    expect(code).toBe(1);
    expect(said).toContain('The chain of server guild is NOT as it was written: entry 5 is missing');
    expect(said).toContain('Line 1 of the file with the checkpoints was not written by Hearth');
  });
});
