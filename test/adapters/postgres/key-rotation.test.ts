/** Master keys are exchanged while Hearth goes on: nothing is lost, nothing is in the way, and the old key is needed no more. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encrypt } from '../../../src/adapters/postgres/cipher.ts';
import { parseKeys } from '../../../src/adapters/postgres/key-ring.ts';
import { openKeyKeeping, type Rotated } from '../../../src/adapters/postgres/key-rotation.ts';
import { masterSealing } from '../../../src/adapters/postgres/master-sealing.ts';
import { countOld, OLD_COLUMNS, type OldColumn } from '../../../src/adapters/postgres/old-values.ts';
import { sealingIn } from '../../../src/adapters/postgres/sealing.ts';
import { openStore, type PostgresStore } from '../../../src/adapters/postgres/store.ts';
import type { Cohort } from '../../../src/core/cohort.ts';
import { confidential, open } from '../../../src/core/confidential.ts';
import type { Goal } from '../../../src/core/goal.ts';
import type { Person } from '../../../src/core/person.ts';
import { freshDatabase, runSql } from '../../postgres.ts';
import { aCohort, aSession, at, id, keyPair, noJobs, openClient, somebody, write } from './kept.ts';
import { read, writtenByMany } from './written.ts';

const OLD = keyPair('old', 1);
const NEW = keyPair('new', 2);
const CANARY = 'canary: I am afraid of Tuesdays';

const opened: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map((each) => each.close())));

/** A process with these keys. */
const processWith = (url: string, ...keys: readonly string[]): PostgresStore => {
  const store = openStore({ url, keys: parseKeys(keys.join(',')), jobs: noJobs, connections: 4 });
  opened.push(store);
  return store;
};

/** Starts with these keys, as every process does. */
const start = async (url: string, ...keys: readonly string[]): Promise<PostgresStore> => {
  const store = processWith(url, ...keys);
  expect(await store.strangeKeys()).toEqual([]);
  return store;
};

const keepingWith = (url: string, ...keys: readonly string[]) => {
  const keeping = openKeyKeeping(url, parseKeys(keys.join(',')));
  opened.push(keeping);
  return keeping;
};

const rotate = (url: string): Promise<Rotated> => keepingWith(url, NEW, OLD).rotate();

const goalOf = (cohort: Cohort, person: Person, number: number): Goal => ({
  id: id(),
  number,
  cohortId: cohort.id,
  person,
  text: confidential(`${CANARY} ${number}`),
  readers: 'only-me',
  reviewOn: '2026-06-30',
  setAt: at(1),
  updates: [{ id: id(), level: -1, note: confidential(CANARY), at: at(2) }],
});

const textsOf = async (store: PostgresStore, cohort: Cohort, person: Person): Promise<readonly string[]> =>
  (await store.records.goals.ofPerson(cohort.id, person.id)).map(({ text }) => open(text));

describe('a rotation', () => {
  it('goes on beside processes that write and read, some of which seal with the old key and some with the new', async () => {
    const url = await freshDatabase();
    const first = await start(url, OLD);
    const [cohort, ana] = [await aCohort(first), await somebody(first)];
    await write(first, ({ goals }) => goals.add(goalOf(cohort, ana, 1)));
    const written = await writtenByMany(url, parseKeys(OLD), 300);

    const processes = [await start(url, OLD, NEW), await start(url, NEW, OLD), await start(url, NEW, OLD)];
    let over = false;
    const busy = processes.map(async (store) => {
      const met: Person[] = [ana];
      while (!over) {
        const fresh = await somebody(store);
        await write(store, ({ goals }) => goals.add(goalOf(cohort, fresh, 1)));
        met.push(fresh);
        for (const person of met) expect(await textsOf(store, cohort, person)).toEqual([`${CANARY} 1`]);
      }
      return met;
    });
    const done = await rotate(url);
    over = true;
    const met = await Promise.all(busy);
    expect(done.dataKeys).toBeGreaterThan(written.length);
    expect(Math.min(...met.map(({ length }) => length))).toBeGreaterThan(1);

    // The process that still sealed with the old key may have made some meanwhile: now it is restarted.
    await rotate(url);
    const newest = await start(url, NEW);
    for (const person of met.flat()) expect(await textsOf(newest, cohort, person)).toEqual([`${CANARY} 1`]);
    expect(await read(url, parseKeys(NEW), written)).toEqual(written.map(({ plain }) => plain));
    expect((await keepingWith(url, NEW).uses()).keys.map(({ name }) => name)).toEqual(['new']);
    await expect(read(url, parseKeys(OLD), written)).rejects.toThrow('not among');
  });

  it('is refused nothing, and changes nothing, the second time', async () => {
    const url = await freshDatabase();
    const store = await start(url, OLD);
    const [cohort, ana] = [await aCohort(store), await somebody(store)];
    await write(store, ({ goals }) => goals.add(goalOf(cohort, ana, 1)));
    await start(url, NEW, OLD);
    expect(await rotate(url)).toEqual({ dataKeys: 1, values: 0 });
    const { rows: before } = await runSql(url, 'SELECT wrapped FROM data_key');
    expect(await rotate(url)).toEqual({ dataKeys: 0, values: 0 });
    expect((await runSql(url, 'SELECT wrapped FROM data_key')).rows).toEqual(before);
  });

  it('that one key is missing for changes nothing of what it cannot open', async () => {
    const url = await freshDatabase();
    const store = await start(url, OLD);
    const [cohort, ana] = [await aCohort(store), await somebody(store)];
    await write(store, ({ goals }) => goals.add(goalOf(cohort, ana, 1)));
    await expect(keepingWith(url, NEW).rotate()).rejects.toThrow('not among');
    expect(await textsOf(store, cohort, ana)).toEqual([`${CANARY} 1`]);
  });

  it('leaves alone whoever was erased', async () => {
    const url = await freshDatabase();
    const store = await start(url, OLD);
    const ana = await somebody(store);
    await write(store, ({ dataKeys }) => dataKeys.destroy(ana.id, at(1)));
    expect(await rotate(url)).toEqual({ dataKeys: 0, values: 0 });
    const { rows } = await runSql(url, 'SELECT wrapped, destroyed_at FROM data_key');
    expect(rows).toEqual([{ wrapped: null, destroyed_at: at(1) }]);
  });

  it('has the start without the old key refused while a process still makes data keys with it, and not after', async () => {
    const url = await freshDatabase();
    const late = await start(url, OLD, NEW);
    await start(url, NEW, OLD);
    await rotate(url);
    expect(await processWith(url, NEW).strangeKeys()).toEqual([]);
    const [cohort, ana] = [await aCohort(late), await somebody(late)];
    await write(late, ({ goals }) => goals.add(goalOf(cohort, ana, 1)));
    expect(await processWith(url, NEW).strangeKeys()).toEqual(['old']);
    expect(await keepingWith(url, NEW, OLD).uses()).toEqual({
      keys: [{ name: 'old', dataKeys: 1, values: 0 }],
      plain: 0,
    });
    await rotate(url);
    expect(await processWith(url, NEW).strangeKeys()).toEqual([]);
  });

  it('knows whether any process seals with the current key yet', async () => {
    const url = await freshDatabase();
    await start(url, OLD);
    expect(await keepingWith(url, NEW, OLD).isInUse()).toBe(false);
    await start(url, NEW, OLD);
    expect(await keepingWith(url, NEW, OLD).isInUse()).toBe(true);
  });
});

describe('what older versions sealed with a master key itself, or not at all', () => {
  const ring = parseKeys(OLD);
  const master = masterSealing(ring);
  const AUDIO = Buffer.from('OggS canary');
  let url: string;
  let store: PostgresStore;
  let cohort: Cohort;
  let sessionId: string;
  let occurrenceId: string;
  let ana: Person;

  const kept = async () => {
    const { records } = store;
    const [item] = await records.media.ofCohort(cohort.id);
    const parts = [
      await records.checkIns.ofSession(sessionId),
      await records.reflections.ofSession(sessionId),
      await records.goals.ofPerson(cohort.id, ana.id),
      await records.attendances.ofSession(sessionId),
      await records.rsvps.ofPerson(occurrenceId, ana.id),
      item,
      item && (await records.media.audio(item.id)),
      await records.sharedLinks.lastOf(sessionId),
    ];
    return parts.map((part) => unwrapped(part));
  };

  /** Everything in it that is confidential, opened. */
  const unwrapped = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(unwrapped);
    if (value === null || typeof value !== 'object' || value instanceof Date || value instanceof Uint8Array)
      return value;
    if (String(value) === '[confidential]') return open(value as ReturnType<typeof confidential<string>>);
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unwrapped(part)]));
  };

  /** Brings a column back to how an older version would have left it. */
  const age = async ({ table, column, kind, owner, besides }: OldColumn): Promise<void> => {
    const { tx, close } = openClient(url);
    const rows = await tx.$queryRawUnsafe<{ id: string; owner: string; value: string | Uint8Array }[]>(
      `SELECT r.id::text, ${owner}::text AS owner, r."${column}" AS value FROM "${table}" r WHERE r."${column}" IS NOT NULL`,
    );
    for (const row of rows) {
      const spot = { table, column, rowId: row.id };
      const [old] = await sealingIn(tx, master).openAll(
        [row],
        () => ({ kind, id: row.owner }),
        (_row, opener) => {
          if (typeof row.value === 'string')
            return master.seal(Buffer.from(opener.unseal(row.value, spot)), spot);
          const bytes = opener.unsealBytes(row.value, spot);
          const key = ring.keys.get('old') ?? Buffer.alloc(0);
          return Buffer.concat([Buffer.from('v1.old.'), encrypt(key, bytes, `${table}.${column}.${row.id}`)]);
        },
      );
      const set = besides === undefined ? `"${column}" = $2` : `"${column}" = NULL, "level" = -1`;
      await runSql(url, `ALTER TABLE "${table}" DISABLE TRIGGER USER`);
      await runSql(
        url,
        `UPDATE "${table}" SET ${set} WHERE id = $1`,
        besides === undefined ? [row.id, old] : [row.id],
      );
      await runSql(url, `ALTER TABLE "${table}" ENABLE TRIGGER USER`);
    }
    await close();
  };

  const olds = async (): Promise<readonly number[]> => {
    const { tx, close } = openClient(url);
    const counts: number[] = [];
    for (const column of OLD_COLUMNS) {
      counts.push([...(await countOld(tx, column)).values()].reduce((sum, count) => sum + count, 0));
    }
    await close();
    return counts;
  };

  beforeAll(async () => {
    url = await freshDatabase();
    store = await start(url, OLD);
    cohort = await aCohort(store);
    sessionId = (await aSession(store, cohort)).id;
    ana = await somebody(store);
    occurrenceId = id();
    const words = confidential(CANARY);
    const base = { sessionId, personId: ana.id, at: at(1) };
    const attendanceId = id();
    await write(store, async (records) => {
      const arrival = { mood: 3, energy: 8, words: ['hopeful'], goalStatus: 'some-progress' } as const;
      await records.checkIns.put({ ...base, id: id(), share: 'staff', arrival });
      const left = { takeAway: 'felt-heard', intention: words } as const;
      await records.reflections.put({ ...base, id: id(), share: 'group', ...left });
      await records.goals.add(goalOf(cohort, ana, 1));
      const computed = { status: 'late', minutes: 61, unobservedMinutes: 4, lateMinutes: 12 } as const;
      await records.attendances.add({ id: attendanceId, sessionId, person: ana, ...computed });
      const amendment = { id: id(), status: 'excused', by: 'lead', at: at(95), reason: words } as const;
      await records.attendances.amend(attendanceId, amendment);
      const plan = { cohortId: cohort.id, wall: '2026-05-06T18:00', zone: cohort.zone, minutes: 90 };
      const times = { startsAt: at(60), changedAt: at(0), revision: 0, version: 0 };
      await records.occurrences.claim({ ...plan, ...times, id: occurrenceId, state: 'planned' });
      const answer = { id: id(), occurrenceId, person: ana, answer: 'not-coming', at: at(1) } as const;
      await records.rsvps.put({ ...answer, reason: words });
      const sound = { container: 'ogg', durationMs: 2_000, bytes: AUDIO.length } as const;
      const added = { addedBy: 'account', addedAt: at(0) };
      const item = { id: id(), cohortId: cohort.id, number: 1, title: words, alternative: words };
      await records.media.add({ ...item, ...sound, ...added }, AUDIO);
      const link = { id: id(), cohortId: cohort.id, sessionId, address: words, title: words };
      const shared = { alternative: words, invitation: words, sharedBy: 'account', sharedAt: at(2) };
      await records.sharedLinks.put({ ...link, ...shared });
    });
  });

  it('opens as it was, is sealed under data keys by a rotation, and opens the same then', async () => {
    const before = await kept();
    expect(JSON.stringify(before)).toContain(CANARY);
    expect(await olds()).toEqual(OLD_COLUMNS.map(() => 0));
    for (const column of OLD_COLUMNS) await age(column);
    expect(await olds()).toEqual(OLD_COLUMNS.map(() => 1));
    expect(await kept()).toEqual(before);
    const keeping = keepingWith(url, OLD);
    expect(await keeping.uses()).toEqual({
      keys: [{ name: 'old', dataKeys: 2, values: OLD_COLUMNS.length - 1 }],
      plain: 1,
    });
    expect(await keeping.rotate()).toEqual({ dataKeys: 0, values: OLD_COLUMNS.length });
    expect(await olds()).toEqual(OLD_COLUMNS.map(() => 0));
    expect(await kept()).toEqual(before);
  });

  it('opens no more by any key where it was of somebody erased, once a rotation came by', async () => {
    for (const column of OLD_COLUMNS) await age(column);
    await write(store, ({ dataKeys }) => dataKeys.destroy(ana.id, at(3)));
    await keepingWith(url, OLD).rotate();
    expect(await olds()).toEqual(OLD_COLUMNS.map(() => 0));
    const [checkIns, , goals] = await kept();
    expect([checkIns, goals]).toEqual([[], []]);
    const { rows } = await runSql(url, 'SELECT sealed_arrival FROM check_in');
    expect(rows[0].sealed_arrival).toMatch(/^v2\./);
  });
});
