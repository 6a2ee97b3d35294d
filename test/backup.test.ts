/** Backup and restore as whoever runs Hearth knows them: everything comes back, but for what was erased meanwhile. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openJobs } from '../src/adapters/jobs/jobs.ts';
import { auditKeysOf } from '../src/adapters/postgres/audit/keys.ts';
import { openTrail } from '../src/adapters/postgres/audit/trail.ts';
import { makeBackup } from '../src/adapters/postgres/backup/backup.ts';
import { restoreBackup } from '../src/adapters/postgres/backup/restore.ts';
import { migrate, migrationsIn, PRISMAS_TABLE } from '../src/adapters/postgres/migrate.ts';
import { openStore } from '../src/adapters/postgres/store.ts';
import { checkpointsIn } from '../src/adapters/system/checkpoint-file.ts';
import { erasuresIn } from '../src/adapters/system/erasure-file.ts';
import { keepErasures } from '../src/app/keep-erasures.ts';
import { checkpointing, whenGrown } from '../src/app/make-checkpoints.ts';
import { beginSignIn, confirmSignIn } from '../src/app/sign-in.ts';
import { verifyAudit } from '../src/app/verify-audit.ts';
import { sealedCheckpoint } from '../src/core/audit-proof.ts';
import { open } from '../src/core/confidential.ts';
import { DAY, MINUTE } from '../src/core/time.ts';
import type { World } from '../src/ports/world.ts';
import { until } from './adapters/jobs/until.ts';
import { noJobs } from './adapters/postgres/kept.ts';
import { emptyDatabase, runSql } from './postgres.ts';
import { ended } from './program.ts';
import { ADMIN, ANA, BEN, CO_FACILITATOR, LEAD } from './world/cast.ts';
import { aGroup, type Group } from './world/group.ts';
import { aMeeting } from './world/meeting.ts';
import { type TestWorld, testWorld } from './world.ts';

const GOAL = 'to walk by the river';
const log = { info: () => {}, warn: () => {}, fault: () => 'reference' };

let world: TestWorld;
let group: Group;
let folder: string;
let file: string;

const keyPair = (): string =>
  [...world.keys.keys].map(([name, key]) => `${name}:${key.toString('base64')}`).join();

const begin = (program: 'backup' | 'restore' | 'audit', url: string, ...words: readonly string[]) =>
  spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      fileURLToPath(new URL(`../src/${program}.ts`, import.meta.url)),
      ...words,
    ],
    {
      cwd: folder,
      env: {
        ...{ PATH: process.env['PATH'], HEARTH_DATA: folder, DATABASE_URL: url },
        ...{ HEARTH_KEYS: keyPair(), HEARTH_LOG: 'silent' },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );

/** What a program says, and how it ends. */
const run = async (...asked: Parameters<typeof begin>) => {
  return ended(begin(...asked));
};

const backUp = (url = world.url) =>
  makeBackup({ url, ring: world.keys, path: file, id: randomUUID(), now: new Date() });

/** The keys of the world with one more. */
const ringWith = (current: string, more: string) => ({
  current,
  keys: new Map([...world.keys.keys, [more, Buffer.alloc(32, 9)] as const]),
});

/** As Hearth made it at that moment, with the keys of that ring. */
const checkpointAt = (at: Date, ring = world.keys) => {
  const { current: key, seal } = auditKeysOf(ring);
  return sealedCheckpoint({ chain: '', number: 1, hash: '', count: 1, at: at.toISOString(), key }, seal);
};

const restoreInto = async (url: string, ring = world.keys, seen: readonly Date[] = []) =>
  restoreBackup({
    ...{ url, ring, path: file, erasures: await record().all(), now: new Date() },
    ...{ checkpoints: seen.map((at) => checkpointAt(at)), isWhole: false },
  });

/** Why a backup is not restored. */
const faultOf = async (url: string, ring = world.keys, seen: readonly Date[] = []): Promise<unknown> =>
  restoreInto(url, ring, seen).then(
    () => 'restored',
    (cause) => Reflect.get(Object(cause), 'fault') ?? cause,
  );

/** Rows of every table, as the database writes them. */
const rowsOf = async (url: string): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { rows } = await runSql(
    url,
    `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
     AND relname NOT IN ('_prisma_migrations', 'test_job') ORDER BY relname`,
  );
  const all = new Map<string, readonly string[]>();
  for (const { relname } of rows) {
    const found = await runSql(url, `SELECT t::text AS row FROM "${relname}" t ORDER BY 1`);
    all.set(
      relname,
      found.rows.map(({ row }) => row),
    );
  }
  return all;
};

const record = () => erasuresIn(join(folder, 'erasures.jsonl'));
const checkpoints = () => checkpointsIn(join(folder, 'audit-checkpoints.jsonl'));

/** What the worker of a running Hearth does every few seconds. */
const copyErasures = () => keepErasures(world.store.records.erasures, record())(new Date());

const withTrail = async <Value>(
  url: string,
  work: (trail: Awaited<ReturnType<typeof openTrail>>) => Promise<Value>,
) => {
  const trail = await openTrail(url, world.keys);
  try {
    return await work(trail);
  } finally {
    await trail.close();
  }
};
const makeCheckpoints = (url: string) =>
  withTrail(url, async (trail) =>
    (await checkpointing({ trail, kept: checkpoints(), log }))(new Date(), whenGrown),
  );

const withStore = async <Value>(
  url: string,
  work: (store: ReturnType<typeof openStore>) => Promise<Value>,
  keys = world.keys,
) => {
  const store = openStore({ url, keys, jobs: noJobs });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};

const goalsIn = (url: string, account: string) =>
  withStore(url, async ({ records }) => {
    const { rows } = await runSql(
      url,
      'SELECT person_id FROM goal g JOIN person p ON p.id = g.person_id WHERE p.account = $1',
      [account],
    );
    const goals = await records.goals.ofPerson(group.cohort.id, rows[0].person_id);
    return goals.map(({ text }) => open(text));
  });

/** The codes for a lost device that a sign-in gives, or why it is none. */
const signsIn = async (at: World, code: string): Promise<readonly string[] | string> => {
  const begun = await beginSignIn(at, CO_FACILITATOR);
  const done = await confirmSignIn(at, begun.ok ? begun.value.token : undefined, code);
  return done.ok ? done.value.recovery : done.refusal.code;
};
const codeNow = (secret: string): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: world.clock.now().getTime() });

const presses = async (account: string, path: string, given: Record<string, unknown>): Promise<void> => {
  const [[action] = []] = (await group.people.read(account, path, { given })).actions ?? [];
  if (!action) throw new Error(`/${path} offers nothing to press`);
  await group.people.press(account, action);
};

/** Ana and Ben have been through a session, and have told of themselves; each story goes on where the last one ended. */
beforeAll(async () => {
  world = await testWorld();
  await withStore(world.url, (store) => store.strangeKeys());
  group = await aGroup(world, 'Harbour');
  await aMeeting(world, group.cohort, new Date('2026-05-31T16:00:00.000Z'));
  await group.says(LEAD, 'session open');
  const arrival = { mood: 3, energy: 8, words: ['in pain'], goal: 'some-progress', share: 'group' };
  for (const account of [ANA, BEN]) await group.says(account, 'check-in', { given: arrival });
  const running = await world.store.records.sessions.unfinished(group.cohort.id);
  for (const _step of running?.agenda.slice(1) ?? []) await group.says(LEAD, 'session next');
  for (const account of [ANA, BEN]) {
    const intention = 'to\u2028rest\n"well"';
    await group.says(account, 'goal set', {
      given: { goal: GOAL, 'review-on': '2026-12-01', readers: 'staff' },
    });
    await group.says(account, 'reflect', { given: { share: 'group', 'take-away': 'not-alone', intention } });
    await group.says(account, 'absence tell', { given: { meeting: '2026-05-31', reason: 'a visit' } });
  }
  await group.says(LEAD, 'session end');
  await group.settle();
});
afterAll(() => world.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hearth-backup-'));
  file = join(folder, 'hearth.backup');
  await copyErasures();
  return () => rmSync(folder, { recursive: true });
});

/** What restoring itself changes. */
const OWN: readonly string[] = ['audit_entry', 'form_link', 'staff_session'];

describe('a backup', () => {
  it('is a file of its owner alone that tells nothing without the key, and takes the place of no other', async () => {
    await backUp();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const bytes = readFileSync(file).toString('latin1');
    for (const name of [GOAL, 'Harbour', ANA, 'cohort']) expect(bytes).not.toContain(name);
    const before = readFileSync(file);
    await expect(backUp()).rejects.toThrow('EEXIST');
    expect(readFileSync(file).equals(before)).toBe(true);
    const { rows } = await runSql(
      world.url,
      `SELECT DISTINCT role, command FROM audit_entry WHERE chain = '' AND action = 'export'`,
    );
    expect(rows).toEqual([{ role: 'operator', command: 'backup' }]);
  });

  it('comes back table by table as it was, and goes on', async () => {
    await backUp();
    const before = await rowsOf(world.url);
    const url = await emptyDatabase();
    const { end, strangers } = await restoreInto(url);
    // The queue of these tests is a table of their own.
    expect([end.rows > 100, strangers]).toEqual([true, ['test_job']]);
    const after = await rowsOf(url);
    expect([...after.keys()]).toEqual([...before.keys()]);
    for (const [table, rows] of before) {
      if (!OWN.includes(table)) expect([table, after.get(table)]).toEqual([table, rows]);
    }
    expect(after.get('audit_entry')).toEqual(expect.arrayContaining([...(before.get('audit_entry') ?? [])]));
    expect(await goalsIn(url, ANA)).toEqual([GOAL]);
    expect(await migrate(url)).toEqual([]);
    // What the database numbers goes on behind what is there, and what it refuses it refuses again.
    await runSql(url, `INSERT INTO later_job (job, due_at) VALUES ('{}', now())`);
    await expect(runSql(url, 'DELETE FROM audit_entry')).rejects.toThrow();
    const { rows } = await runSql(url, `SELECT count(*)::int AS n FROM pg_trigger WHERE tgenabled = 'D'`);
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('holds what waits in the queue, once', async () => {
    const url = await emptyDatabase();
    await backUp();
    await restoreInto(url);
    const jobs = await openJobs({ url, log });
    const store = openStore({ url, keys: world.keys, jobs: jobs.enqueueIn });
    const { id: cohortId } = group.cohort;
    await store.change(async (records) => {
      await records.jobs.enqueue({ name: 'bring-rooms', cohortId });
      await records.jobs.enqueue({ name: 'bring-boards', cohortId }, new Date('2030-01-01T00:00:00.000Z'));
      return { ok: true, value: null };
    });
    file = join(folder, 'second.backup');
    await backUp(url);
    await store.close();
    await jobs.stop();
    const second = await emptyDatabase();
    await restoreInto(second);
    const { rows } = await runSql(second, `SELECT job ->> 'name' AS name FROM later_job ORDER BY due_at`);
    expect(rows).toEqual([{ name: 'bring-rooms' }, { name: 'bring-boards' }]);
  });
});

describe('a backup of another version', () => {
  it('that is older is brought up to date; one that is newer is refused', async () => {
    const older = await emptyDatabase();
    await runSql(older, PRISMAS_TABLE);
    const note = (name: string, checksum: string) =>
      runSql(
        older,
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
         VALUES (gen_random_uuid()::text, $1, $2, now())`,
        [checksum, name],
      );
    const [last, ...others] = migrationsIn().toReversed();
    for (const { name, sql, checksum } of others.toReversed()) {
      await runSql(older, sql);
      await note(name, checksum);
    }
    await runSql(older, `INSERT INTO person (id, account) VALUES (gen_random_uuid(), 'somebody')`);
    await backUp(older);
    const url = await emptyDatabase();
    await restoreInto(url);
    expect((await runSql(url, 'SELECT account FROM person')).rows).toEqual([{ account: 'somebody' }]);
    expect((await runSql(url, 'SELECT count(*)::int AS n FROM audit_code')).rows).toEqual([{ n: 1 }]);
    expect((await runSql(url, 'SELECT max(migration_name) AS name FROM _prisma_migrations')).rows).toEqual([
      { name: last?.name },
    ]);
    expect(await migrate(url)).toEqual([]);

    await note('99990101000000_of_the_future', 'unknown');
    file = join(folder, 'newer.backup');
    await backUp(older);
    expect(await faultOf(await emptyDatabase())).toBe('newer');
  });
});

describe('restoring', () => {
  const isUntouched = async (url: string): Promise<boolean> => {
    const { rows } = await runSql(
      url,
      `SELECT count(*)::int AS n FROM pg_class WHERE relnamespace = 'public'::regnamespace`,
    );
    return rows[0].n === 0;
  };

  it('refuses a file of which any byte was changed, or that breaks off anywhere', async () => {
    await backUp();
    const whole = readFileSync(file);
    const url = await emptyDatabase();
    for (const at of [0, 20, 60, 100, 200, Math.floor(whole.length / 2), whole.length - 1]) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(file, changed);
      expect([at, await faultOf(url)]).toEqual([
        at,
        expect.stringMatching(/damaged|wrong-key|strange|unknown-key/),
      ]);
    }
    for (const length of [0, 10, 130, 500, Math.floor(whole.length / 2), whole.length - 1]) {
      writeFileSync(file, whole.subarray(0, length));
      expect([length, await faultOf(url)]).toEqual([length, expect.stringMatching(/damaged|strange/)]);
    }
    writeFileSync(file, Buffer.concat([whole, Buffer.from('x')]));
    expect([await faultOf(url), await isUntouched(url)]).toEqual(['damaged', true]);
  });

  it('refuses another key, of the same name or of another', async () => {
    await backUp();
    const url = await emptyDatabase();
    const ring = (name: string) => ({ current: name, keys: new Map([[name, Buffer.alloc(32, 9)]]) });
    expect([await faultOf(url, ring('test')), await faultOf(url, ring('other'))]).toEqual([
      'wrong-key',
      'unknown-key',
    ]);
    expect(await isUntouched(url)).toBe(true);
  });

  it('that is killed in the middle leaves nothing, and is done anew', async () => {
    await runSql(
      world.url,
      `INSERT INTO later_job (job, due_at) SELECT jsonb_build_object('n', n), now() FROM generate_series(1, 40000) n`,
    );
    await backUp();
    await runSql(world.url, 'DELETE FROM later_job');
    const url = await emptyDatabase();
    const child = begin('restore', url, file);
    const closed = once(child, 'close');
    const isWriting = async (): Promise<boolean> => {
      const { rows } = await runSql(
        url,
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'INSERT INTO "later_job"%'`,
      );
      return rows[0].n > 0;
    };
    await until('rows are written', isWriting, 60);
    child.kill('SIGKILL');
    await closed;
    await until('the database has noticed', () => isUntouched(url), 30);
    await restoreInto(url);
    const { rows } = await runSql(url, 'SELECT count(*)::int AS n FROM later_job');
    expect(rows).toEqual([{ n: 40_000 }]);
  });
});

describe('the audit after a backup was restored', () => {
  const verdict = (url: string) => withTrail(url, (trail) => verifyAudit(trail, checkpoints()));

  it('still shows what is cut off after that, and what no restoring explains', async () => {
    await backUp();
    const url = await emptyDatabase();
    await restoreInto(url);
    await makeCheckpoints(url);
    expect((await verdict(url)).chains.map(({ bad }) => bad)).toEqual([undefined, undefined]);
    await runSql(
      url,
      `SET session_replication_role = replica; DELETE FROM audit_entry a
       WHERE number = (SELECT max(number) FROM audit_entry b WHERE b.chain = a.chain)`,
    );
    expect((await verdict(url)).chains.map(({ bad }) => bad?.fault)).toEqual(['cut', 'cut']);
    // An entry that tells of a restoring and was not written by Hearth explains nothing.
    await runSql(
      url,
      `SET session_replication_role = replica; UPDATE audit_entry SET action = 'restore' WHERE number = 1`,
    );
    expect((await verdict(url)).chains.every(({ bad }) => bad !== undefined)).toBe(true);
  });
});

describe('what was erased after a backup', () => {
  it('class by class is gone again, of nobody else, and is erased no more by a second restoring', async () => {
    await backUp();
    await group.people.read(BEN, 'my-data erase', { given: { what: 'check-in', sure: 'yes' } });
    await copyErasures();
    const url = await emptyDatabase();
    expect((await restoreInto(url)).erasures).toBe(1);
    const { rows } = await runSql(url, 'SELECT account FROM check_in c JOIN person p ON p.id = c.person_id');
    expect(rows).toEqual([{ account: ANA }]);
    const entries = await runSql(
      url,
      `SELECT object, role, command FROM audit_entry WHERE kind = 'own-data' AND action = 'remove'`,
    );
    expect(entries.rows).toEqual([{ object: 'check-in:1', role: 'operator', command: 'restore' }]);
    // A backup of the restored database knows of it already.
    file = join(folder, 'second.backup');
    await backUp(url);
    expect((await restoreInto(await emptyDatabase())).erasures).toBe(0);
  });

  it('is not forgotten: without a sound record nothing is restored', async () => {
    await backUp();
    await group.people.read(BEN, 'my-data erase', { given: { what: 'reflection', sure: 'yes' } });
    await copyErasures();
    const path = join(folder, 'erasures.jsonl');
    const sound = readFileSync(path, 'utf8');
    const url = await emptyDatabase();
    writeFileSync(path, sound.replace('reflection', 'intention'));
    expect(await faultOf(url)).toBe('strange-erasures');
    // A line that broke off is told, and takes no other with it.
    const torn = sound.indexOf('\n', sound.indexOf('reflection')) - 5;
    writeFileSync(path, sound.slice(0, torn));
    await copyErasures();
    // It stands once more, and is counted.
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(sound.split('\n').length + 1);
    expect(await faultOf(url)).toBe('strange-erasures');
    // One that lacks what the backup knows of is another.
    writeFileSync(path, '');
    file = join(folder, 'later.backup');
    await backUp();
    expect(await faultOf(url)).toBe('lost-erasures');
  });

  it('is no address of a calendar again, and no device, that was taken back since', async () => {
    await group.people.read(BEN, 'calendar link', { given: { sure: 'yes' } });
    await group.people.read(ANA, 'calendar link', { given: { sure: 'yes' } });
    const { id: leadId } = await world.store.records.people.known(LEAD);
    await world.store.change(async ({ secondFactors }) => {
      const confirmedAt = world.clock.now();
      await secondFactors.put({ personId: leadId, secret: 'A'.repeat(32), failures: 0, confirmedAt });
      return { ok: true, value: null };
    });
    await copyErasures();
    await backUp();
    await group.people.read(BEN, 'calendar revoke');
    await group.people.read(ADMIN, 'sign-in reset', { given: { cohort: 'Harbour', person: LEAD } });
    await copyErasures();
    const url = await emptyDatabase();
    expect((await restoreInto(url)).erasures).toBe(2);
    const live = await runSql(
      url,
      `SELECT account FROM calendar_feed f JOIN person p ON p.id = f.person_id WHERE revoked_at IS NULL`,
    );
    expect(live.rows).toEqual([{ account: ANA }]);
    expect(
      (await runSql(url, 'SELECT count(*)::int AS n FROM second_factor WHERE person_id = $1', [leadId])).rows,
    ).toEqual([{ n: 0 }]);
    await group.people.read(ANA, 'calendar revoke');
  });

  it('is missed when it was cut out of the record, or off its end', async () => {
    const path = join(folder, 'erasures.jsonl');
    writeFileSync(path, '');
    await copyErasures();
    await backUp();
    const before = readFileSync(path, 'utf8');
    await group.says(BEN, 'reminders choose', { given: { direct: 'yes' } });
    await group.people.read(BEN, 'my-data erase', { given: { what: 'preference', sure: 'yes' } });
    await copyErasures();
    const sound = readFileSync(path, 'utf8');
    const added = sound.slice(before.length).trimEnd().split('\n');
    expect(added).toHaveLength(2);
    const url = await emptyDatabase();
    // The count of the record itself tells that one is missing, and nobody can change the count.
    const [erased = '', tally = ''] = added;
    writeFileSync(path, `${before}${tally}\n`);
    expect(await faultOf(url)).toBe('lost-erasures');
    const fewer = tally.replace(/"erasures":(\d+)/, (_all, count) => `"erasures":${Number(count) - 1}`);
    writeFileSync(path, `${before}${fewer}\n`);
    expect([fewer === tally, await faultOf(url)]).toEqual([false, 'strange-erasures']);
    // Where the end is gone with its count, the record ends before Hearth was seen last.
    writeFileSync(path, before);
    const later = new Date(Date.now() + 2 * DAY);
    expect(await faultOf(url, world.keys, [later])).toBe('old-erasures');
    // Nor may all of its counts be gone.
    const uncounted = before.split('\n').filter((line) => !line.includes('"erasures":'));
    writeFileSync(path, uncounted.join('\n'));
    expect([uncounted.join('\n') === before, await faultOf(url)]).toEqual([false, 'old-erasures']);
    writeFileSync(path, `${before}${tally}\n${erased}\n`);
    expect((await restoreInto(url)).reaches).toBeDefined();
  });

  it('is missed when the counts were cut out of the record with it, unless it is taken as it is', async () => {
    const path = join(folder, 'erasures.jsonl');
    await backUp();
    await group.people.read(BEN, 'my-data erase', { given: { what: 'reason', sure: 'yes' } });
    await copyErasures();
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    const cut = lines.filter((line) => !line.includes('"reason"') && !line.includes('"erasures":'));
    expect(cut.length).toBeLessThan(lines.length - 1);
    writeFileSync(path, cut.map((line) => `${line}\n`).join(''));
    const url = await emptyDatabase();
    expect(await faultOf(url)).toBe('old-erasures');
    // Counts of a key that nobody has tell as little.
    const strange = lines.map((line) =>
      line.includes('"erasures":') ? line.replace(/"key":"[^"]*"/, '"key":"gone"') : line,
    );
    writeFileSync(path, strange.map((line) => `${line}\n`).join(''));
    expect(await faultOf(url)).toBe('old-erasures');
    const asked = { url, ring: world.keys, path: file, checkpoints: [], isWhole: true, now: new Date() };
    expect((await restoreBackup({ ...asked, erasures: await record().all() })).reaches).toBeUndefined();
  });

  it('is missed by a checkpoint, too, that was sealed with a key that is gone: the backup keeps that', async () => {
    const both = ringWith('test', 'before');
    await withStore(world.url, (store) => store.keepAuditKeys(), both);
    await backUp();
    const checkpoints = [checkpointAt(new Date(Date.now() + 2 * DAY), { ...both, current: 'before' })];
    const asked = { ring: world.keys, path: file, erasures: await record().all(), now: new Date() };
    const restored = restoreBackup({ ...asked, url: await emptyDatabase(), checkpoints, isWhole: false });
    await expect(restored).rejects.toMatchObject({ fault: 'old-erasures' });
  });

  it('of a whole person opens for nobody after it was restored, and leads to nobody', async () => {
    await backUp();
    const { rows } = await runSql(
      world.url,
      'SELECT person_id AS id, code FROM audit_code c JOIN person p ON p.id = c.person_id WHERE account = $1',
      [ANA],
    );
    const [{ id, code }] = rows;
    await presses(ADMIN, 'cohort discharge', { cohort: 'Harbour', person: ANA, line: 'left' });
    await presses(ANA, 'my-data erase', { what: 'me' });
    await copyErasures();
    // What is kept outside leads to nobody by itself.
    const record = readFileSync(join(folder, 'erasures.jsonl'), 'utf8');
    for (const trace of [ANA, id, code]) expect(record).not.toContain(trace);
    const url = await emptyDatabase();
    expect(await restoreInto(url)).toMatchObject({ erasures: 1, led: [] });
    expect(await withStore(url, ({ records }) => records.goals.ofPerson(group.cohort.id, id))).toEqual([]);
    const left = await runSql(
      url,
      `SELECT (SELECT count(wrapped)::int FROM data_key WHERE owner_id = $1) AS keys,
         (SELECT count(*)::int FROM membership WHERE person_id = $1 AND discharged_at IS NULL) AS memberships,
         (SELECT count(*)::int FROM check_in WHERE person_id = $1) AS "checkIns",
         (SELECT count(*)::int FROM audit_code WHERE person_id = $1) AS codes,
         (SELECT count(*)::int FROM person WHERE account = $2) AS accounts`,
      [id, ANA],
    );
    expect(left.rows).toEqual([{ keys: 0, memberships: 0, checkIns: 0, codes: 0, accounts: 0 }]);
    expect(await goalsIn(url, BEN)).toEqual([GOAL]);
  });
});

describe('npm run backup and npm run restore', () => {
  it('say what they did, what stands in the way, and what is next', async () => {
    await makeCheckpoints(world.url);
    expect((await run('backup', world.url, file)).code).toBe(0);
    expect(await run('backup', world.url, file)).toEqual({
      code: 1,
      said: expect.stringContaining('already'),
    });
    await group.says(BEN, 'calendar link');
    await makeCheckpoints(world.url);
    const full = await run('restore', world.url, file);
    expect(full).toEqual({
      code: 1,
      said: expect.stringMatching(/make a new database.*Nothing was changed/),
    });
    const url = await emptyDatabase();
    const record = join(folder, 'erasures.jsonl');
    renameSync(record, `${record}.kept`);
    expect((await run('restore', url, file)).said).toContain('There is no record of erasures');
    renameSync(`${record}.kept`, record);
    const seen = join(folder, 'audit-checkpoints.jsonl');
    const sound = readFileSync(seen, 'utf8');
    const line = checkpointAt(new Date('2099-01-01T00:00:00.000Z'));
    writeFileSync(seen, `${sound}${JSON.stringify(line)}\n`);
    const old = await run('restore', url, file);
    expect(old).toEqual({
      code: 1,
      said: expect.stringMatching(/ends at .* though Hearth was there at 2099.* add these-erasures/),
    });
    const { code, said } = await run('restore', url, file, 'these-erasures');
    writeFileSync(seen, sound);
    expect([code, said]).toEqual([
      0,
      expect.stringContaining('lost devices after the backup that were done again: 0.'),
    ]);
    expect(said).toContain('The record of erasures is whole until');
    expect(said).not.toContain('Nothing was believed');
    const audit = await run('audit', url, 'verify');
    expect(audit).toEqual({
      code: 0,
      said: expect.stringMatching(
        /a backup was restored at .*what was noted after that backup was made is gone/,
      ),
    });
  });

  it('believe of the checkpoints only what Hearth sealed, and say which lines are others', async () => {
    await backUp();
    const genuine = checkpointAt(new Date());
    const forged = { ...genuine, at: '2099-01-01T00:00:00.000Z' };
    const unknown = checkpointAt(new Date(forged.at), ringWith('gone', 'gone'));
    const lines = [genuine, forged, unknown].map((each) => `${JSON.stringify(each)}\n`);
    writeFileSync(join(folder, 'audit-checkpoints.jsonl'), `${lines.join('')}{"chain":\n`);
    const { code, said } = await run('restore', await emptyDatabase(), file);
    expect([code, said]).toEqual([
      0,
      expect.stringMatching(/Nothing was believed of these lines of .*audit-checkpoints.jsonl: 2, 3, 4\./),
    ]);
    expect(said).toContain('The record of erasures is whole until');
  });

  it('say until when the record is whole also when it was cut back together with the checkpoints, which nobody can see', async () => {
    const paths = ['erasures.jsonl', 'audit-checkpoints.jsonl'].map((name) => join(folder, name));
    await copyErasures();
    await backUp();
    await makeCheckpoints(world.url);
    const before = paths.map((path) => readFileSync(path, 'utf8'));
    const tally = before[0]?.trimEnd().split('\n').at(-1) ?? '';
    await group.says(BEN, 'reminders choose', { given: { direct: 'yes' } });
    await group.people.read(BEN, 'my-data erase', { given: { what: 'preference', sure: 'yes' } });
    await copyErasures();
    await group.says(BEN, 'calendar link');
    await makeCheckpoints(world.url);
    const after = paths.map((path) => readFileSync(path, 'utf8'));
    for (const [index, path] of paths.entries()) {
      expect(after[index]).not.toBe(before[index]);
      writeFileSync(path, before[index] ?? '');
    }
    const { code, said } = await run('restore', await emptyDatabase(), file);
    expect([code, said]).toEqual([
      0,
      expect.stringContaining(
        `The record of erasures is whole until ${JSON.parse(tally).at}: was somebody erased later, they are there again. If you know that Hearth ran later, it is not the newest copy, which nothing in the files tells.`,
      ),
    ]);
    // A backup from after the cut knows of the erasure, and so finds it out.
    file = join(folder, 'later.backup');
    await backUp();
    expect(await faultOf(await emptyDatabase())).toBe('lost-erasures');
  });

  it('make codes for lost devices void, used or not: whoever signs in with their device is given new ones', async () => {
    const { id: personId } = await world.store.records.people.known(CO_FACILITATOR);
    const secret = world.codes.make();
    await world.store.change(async ({ secondFactors }) => {
      await secondFactors.put({ personId, secret, failures: 0, confirmedAt: world.clock.now() });
      await secondFactors.replaceCodes(personId, ['used', 'spare'].map(world.secrets.digest));
      return { ok: true, value: null };
    });
    await copyErasures();
    await backUp();
    expect(await signsIn(world, 'used')).toEqual([]);
    const url = await emptyDatabase();
    expect((await run('restore', url, file)).said).toContain('Codes for lost devices are void');
    await withStore(url, async (store) => {
      const restored = { ...world, store };
      for (const code of ['used', 'spare']) expect(await signsIn(restored, code)).toBe('wrong-code');
      world.clock.pass(MINUTE);
      const fresh = await signsIn(restored, codeNow(secret));
      expect(fresh).toHaveLength(8);
      // One for a lost device leads to no further ones, and a device with some left to none either.
      expect(await signsIn(restored, fresh[0] ?? '')).toEqual([]);
      world.clock.pass(MINUTE);
      expect(await signsIn(restored, codeNow(secret))).toEqual([]);
    });
  });
});
