/** What people wrote comes back to those who may open it, and lies sealed in the database. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseKeys } from '../../../src/adapters/postgres/key-ring.ts';
import { openStore } from '../../../src/adapters/postgres/store.ts';
import type { Attendance } from '../../../src/core/attendance.ts';
import type { CheckIn } from '../../../src/core/check-in.ts';
import type { Cohort } from '../../../src/core/cohort.ts';
import { confidential, open } from '../../../src/core/confidential.ts';
import type { Goal } from '../../../src/core/goal.ts';
import type { Person } from '../../../src/core/person.ts';
import type { Reflection } from '../../../src/core/reflection.ts';
import type { Rsvp } from '../../../src/core/rsvp.ts';
import { runSql } from '../../postgres.ts';
import { aCohort, aSession, aStore, at, id, type Kept, noJobs, somebody, write } from './kept.ts';

/** Words that nobody but their author's readers may ever find. */
const CANARY = 'canary: I am afraid of Tuesdays 🐤';

let kept: Kept;
let cohort: Cohort;
let sessionId: string;
let ana: Person;
let ben: Person;

const checkInOf = (person: Person, minute: number, mood = 3): CheckIn => ({
  id: id(),
  sessionId,
  personId: person.id,
  at: at(minute),
  share: 'staff',
  arrival: { mood, energy: 8, words: ['hopeful', 'in pain'], goalStatus: 'some-progress' },
});

const goalOf = (person: Person, number: number): Goal => ({
  id: id(),
  number,
  cohortId: cohort.id,
  person,
  text: confidential(CANARY),
  readers: 'only-me',
  reviewOn: '2026-06-30',
  setAt: at(1),
  updates: [],
});

const attendanceOf = (person: Person): Attendance => ({
  id: id(),
  sessionId,
  person,
  status: 'late',
  minutes: 61,
  unobservedMinutes: 4,
  lateMinutes: 12,
  amendments: [],
});

/** How many data keys open something. */
const keysKept = async (url: string): Promise<number> =>
  Number((await runSql(url, 'SELECT count(wrapped) AS keys FROM data_key')).rows[0].keys);

/** Every row of every table, as a text. */
const everything = async (url: string): Promise<string> => {
  const { rows } = await runSql(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
  const dumps = rows.map(async ({ tablename }) =>
    JSON.stringify((await runSql(url, `SELECT * FROM "${tablename}"`)).rows),
  );
  return (await Promise.all(dumps)).join('\n');
};

beforeAll(async () => {
  kept = await aStore();
  cohort = await aCohort(kept.store);
  sessionId = (await aSession(kept.store, cohort)).id;
  [ana, ben] = [await somebody(kept.store), await somebody(kept.store)];
});
afterAll(() => kept.store.close());

describe('check-ins', () => {
  it('come back in the order in which people first checked in, the latest of each', async () => {
    const [first, his, second] = [checkInOf(ana, 1), checkInOf(ben, 2), checkInOf(ana, 3, 9)];
    await write(kept.store, async ({ checkIns }) => {
      for (const checkIn of [first, his, second]) await checkIns.put(checkIn);
    });
    expect(await kept.store.records.checkIns.ofSession(sessionId)).toEqual([second, his]);
  });

  it('that are changed to a pass hold nothing of what was told before', async () => {
    const { arrival: _arrival, ...rest } = { arrival: undefined, ...checkInOf(ben, 4) };
    const pass: CheckIn = { ...rest, share: 'pass' };
    await write(kept.store, ({ checkIns }) => checkIns.put(pass));
    expect(await kept.store.records.checkIns.ofSession(sessionId)).toContainEqual(pass);
    const { rows } = await runSql(kept.url, 'SELECT sealed_arrival FROM check_in WHERE id = $1', [pass.id]);
    expect(rows).toEqual([{ sealed_arrival: null }]);
  });

  it('of one person that arrive at once leave one', async () => {
    const late = await somebody(kept.store);
    await Promise.all(
      [5, 6, 7].map((minute) => write(kept.store, ({ checkIns }) => checkIns.put(checkInOf(late, minute)))),
    );
    const all = await kept.store.records.checkIns.ofSession(sessionId);
    expect(all.filter(({ personId }) => personId === late.id)).toHaveLength(1);
  });
});

describe('reflections', () => {
  it('come back with their intention, and the last one from before a session is found', async () => {
    const other = await aCohort(kept.store);
    const person = await somebody(kept.store);
    const reflect = async (number: number): Promise<Reflection> => {
      const session = await aSession(kept.store, other, number);
      const reflection: Reflection = {
        id: id(),
        sessionId: session.id,
        personId: person.id,
        at: at(80),
        share: 'group',
        takeAway: 'felt-heard',
        intention: confidential(CANARY),
      };
      await write(kept.store, ({ reflections }) => reflections.put(reflection));
      await runSql(
        kept.url,
        `UPDATE session SET state = 'ended', ended_at = $2, step = NULL, entered_at = NULL,
         planned_end_at = NULL, warning = NULL WHERE id = $1`,
        [session.id, at(90)],
      );
      return reflection;
    };
    const first = await reflect(1);
    await reflect(2);
    const { reflections } = kept.store.records;
    const back = await reflections.lastOf(other.id, person.id, 2);
    expect(back?.id).toBe(first.id);
    expect(back && 'intention' in back && back.intention && open(back.intention)).toBe(CANARY);
    expect(await reflections.lastOf(other.id, person.id, 1)).toBeUndefined();
    expect(await reflections.lastOf(other.id, ana.id, 2)).toBeUndefined();
  });

  it('may be passes, or say what is taken away without an intention, and a later one replaces an earlier', async () => {
    const base = { sessionId, personId: ana.id, at: at(81) };
    const said: Reflection = { ...base, id: id(), share: 'staff', takeAway: 'not-alone' };
    const pass: Reflection = { ...base, id: id(), share: 'pass' };
    const { reflections } = kept.store.records;
    for (const reflection of [said, pass, said]) {
      await write(kept.store, (records) => records.reflections.put(reflection));
      expect(await reflections.ofSession(sessionId)).toEqual([reflection]);
    }
  });
});

describe('goals', () => {
  it('come back with their text and their updates in order, for their person in their cohort only', async () => {
    const goal = goalOf(ana, 1);
    const updates = [
      { id: id(), level: -1, note: confidential(CANARY), at: at(2) },
      { id: id(), level: 2, at: at(3) },
    ] as const;
    await write(kept.store, async ({ goals }) => {
      await goals.add(goal);
      for (const update of updates) await goals.addUpdate(goal.id, update);
    });
    const [back, ...others] = await kept.store.records.goals.ofPerson(cohort.id, ana.id);
    expect(others).toEqual([]);
    expect(back).toMatchObject({ id: goal.id, reviewOn: '2026-06-30', person: ana, readers: 'only-me' });
    expect(back && open(back.text)).toBe(CANARY);
    expect(back?.updates.map(({ level }) => level)).toEqual([-1, 2]);
    expect(back?.updates[0]?.note && open(back.updates[0].note)).toBe(CANARY);
    const { rows } = await runSql(
      kept.url,
      'SELECT level, sealed_level FROM goal_update WHERE goal_id = $1',
      [goal.id],
    );
    expect(rows.map(({ level }) => level)).toEqual([null, null]);
    expect(new Set(rows.map(({ sealed_level: { length } }) => length)).size).toBe(1);
    expect(await kept.store.records.goals.ofPerson(cohort.id, ben.id)).toEqual([]);
  });

  it('that two set at once under the same number: one is tried anew, and neither is lost', async () => {
    const { store } = kept;
    const set = () =>
      store.change(async ({ goals }) => {
        const own = await goals.ofPerson(cohort.id, ben.id);
        await goals.add(goalOf(ben, own.length + 1));
        return { ok: true, value: null };
      });
    expect(await Promise.all([set(), set()])).toEqual([
      { ok: true, value: null },
      { ok: true, value: null },
    ]);
    const own = await store.records.goals.ofPerson(cohort.id, ben.id);
    expect(own.map(({ number }) => number)).toEqual([1, 2]);
  });
});

describe('attendance', () => {
  it('keeps what was computed, and every correction beside it', async () => {
    const attendance = attendanceOf(ana);
    const amendment = {
      id: id(),
      status: 'excused',
      by: 'lead',
      at: at(95),
      reason: confidential(CANARY),
    } as const;
    await write(kept.store, async ({ attendances }) => {
      await attendances.add(attendance);
      await attendances.amend(attendance.id, amendment);
    });
    const [back] = await kept.store.records.attendances.ofSession(sessionId);
    expect(back).toMatchObject({ ...attendance, amendments: [{ id: amendment.id, status: 'excused' }] });
    const reason = back?.amendments[0]?.reason;
    expect(reason && open(reason)).toBe(CANARY);
  });
});

describe('an answer to a meeting', () => {
  it('keeps the last, with the reason of an absence', async () => {
    const occurrenceId = id();
    const rsvp: Rsvp = {
      id: id(),
      occurrenceId,
      person: ana,
      answer: 'not-coming',
      reason: confidential(CANARY),
      at: at(1),
    };
    const { reason: _told, ...silent } = rsvp;
    await write(kept.store, async ({ occurrences, rsvps }) => {
      const plan = { cohortId: cohort.id, wall: '2026-05-06T18:00', zone: cohort.zone, minutes: 90 };
      const times = { startsAt: at(60), changedAt: at(0), revision: 0, version: 0 };
      await occurrences.claim({ ...plan, ...times, id: occurrenceId, state: 'planned' });
      await rsvps.put({ ...silent, id: id(), answer: 'coming', at: at(0) });
      await rsvps.put(rsvp);
    });
    const [back, ...others] = await kept.store.records.rsvps.ofOccurrence(occurrenceId);
    expect(others).toEqual([]);
    expect(back).toMatchObject(silent);
    expect(back?.reason && open(back.reason)).toBe(CANARY);
  });
});

describe('somebody who was erased', () => {
  it('is in no list of what people wrote, and what stands without their words stands', async () => {
    const gone = await somebody(kept.store);
    const session = await aSession(kept.store, await aCohort(kept.store));
    const occurrenceId =
      (await kept.store.records.occurrences.between(cohort.id, at(0), at(99)))[0]?.id ?? '';
    const base = { sessionId: session.id, personId: gone.id, at: at(1) };
    const attendance = { ...attendanceOf(gone), sessionId: session.id };
    const amendment = {
      id: id(),
      status: 'excused',
      by: 'lead',
      at: at(95),
      reason: confidential(CANARY),
    } as const;
    await write(kept.store, async (records) => {
      await records.checkIns.put({ ...checkInOf(gone, 1), sessionId: session.id });
      await records.reflections.put({ ...base, id: id(), share: 'group', takeAway: 'felt-heard' });
      await records.goals.add(goalOf(gone, 1));
      await records.attendances.add(attendance);
      await records.attendances.amend(attendance.id, amendment);
      const rsvp = { id: id(), occurrenceId, person: gone, answer: 'not-coming', at: at(1) } as const;
      await records.rsvps.put({ ...rsvp, reason: confidential(CANARY) });
      await records.dataKeys.destroy(gone.id, at(2));
    });
    const { checkIns, reflections, goals, attendances, rsvps } = kept.store.records;
    expect([
      await checkIns.ofSession(session.id),
      await reflections.ofSession(session.id),
      await goals.ofPerson(cohort.id, gone.id),
    ]).toEqual([[], [], []]);
    const [back] = await attendances.ofSession(session.id);
    expect(back?.amendments.map(({ status, reason }) => [status, reason])).toEqual([['excused', undefined]]);
    const answer = await rsvps.ofPerson(occurrenceId, gone.id);
    expect([answer?.answer, answer?.reason]).toEqual(['not-coming', undefined]);
  });
});

describe('the database', () => {
  it('holds none of it in plain text: not in any row of any table', async () => {
    const text = await everything(kept.url);
    expect(text).toContain(ana.account);
    expect(text.match(/"v2\./g)?.length).toBeGreaterThan(5);
    expect(text.match(/"v1\.test\./g)?.length).toBe(await keysKept(kept.url));
    for (const word of [CANARY, 'canary', 'Tuesdays', 'hopeful', 'in pain', 'some-progress', 'mood']) {
      expect(text).not.toContain(word);
    }
  });

  it('gives away nothing when sealed texts are exchanged between rows: they do not open', async () => {
    const goals = await kept.store.records.goals.ofPerson(cohort.id, ben.id);
    const [first, second] = goals.map((goal) => goal.id);
    await runSql(
      kept.url,
      'UPDATE goal SET sealed_text = (SELECT sealed_text FROM goal WHERE id = $1) WHERE id = $2',
      [first, second],
    );
    await expect(kept.store.records.goals.ofPerson(cohort.id, ben.id)).rejects.toThrow();
  });

  it('opens with the key of its time when a newer one encrypts, and not without it', async () => {
    const newer = `newer:${Buffer.alloc(32, 8).toString('base64')}`;
    const both = parseKeys(`${newer},test:${Buffer.alloc(32, 7).toString('base64')}`);
    const rotated = openStore({ url: kept.url, keys: both, jobs: noJobs });
    const [goal] = await rotated.records.goals.ofPerson(cohort.id, ana.id);
    expect(goal && open(goal.text)).toBe(CANARY);
    await rotated.close();
    const without = openStore({ url: kept.url, keys: parseKeys(newer), jobs: noJobs });
    await expect(without.records.goals.ofPerson(cohort.id, ana.id)).rejects.toThrow('not among the keys');
    await without.close();
  });
});
