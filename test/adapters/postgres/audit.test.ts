/** What is done is noted in the same transaction: under whoever does it, by codes, without a gap, and for good. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PURPOSES } from '../../../src/adapters/postgres/audit/purposes.ts';
import type { Actor } from '../../../src/core/audit.ts';
import { confidential } from '../../../src/core/confidential.ts';
import type { Goal } from '../../../src/core/goal.ts';
import { allow, refuse } from '../../../src/core/outcome.ts';
import type { Person } from '../../../src/core/person.ts';
import { runSql } from '../../postgres.ts';
import {
  aCohort,
  allowed,
  aMember,
  aSession,
  aStore,
  id,
  type Kept,
  newCohort,
  START,
  somebody,
} from './kept.ts';

let kept: Kept;
beforeAll(async () => {
  kept = await aStore();
});
afterAll(() => kept.store.close());

const entriesOf = async (chain: string) =>
  (await runSql(kept.url, 'SELECT * FROM audit_entry WHERE chain = $1 ORDER BY number', [chain])).rows;

const codeOf = async ({ id: personId }: Person): Promise<string> =>
  (await runSql(kept.url, 'SELECT code FROM audit_code WHERE person_id = $1', [personId])).rows[0].code;

const ofGuild = async (guildId: string) => {
  const cohort = await aCohort(kept.store, { guildId });
  const member = await aMember(kept.store, cohort);
  return { cohort, member, before: (await entriesOf(guildId)).length };
};

const acting = (person: Person, guildId: string, but: Partial<Actor> = {}): Actor => ({
  personId: person.id,
  role: 'lead',
  source: 'slash',
  command: 'goal list',
  guildId,
  ...but,
});

const goalOf = (cohortId: string, person: Person, number = 1): Goal => ({
  id: id(),
  number,
  cohortId,
  person,
  text: confidential('walk by the river'),
  readers: 'staff',
  reviewOn: '2026-06-01',
  setAt: START,
  updates: [],
});

describe('what is done', () => {
  it('is noted with it: who did what to what, of whom, and by which command', async () => {
    const { cohort, member, before } = await ofGuild('noted');
    const store = kept.store.by(acting(member.person, 'noted', { role: 'participant', command: 'goal set' }));
    const goal = goalOf(cohort.id, member.person);
    allowed(await store.change(async ({ goals }) => allow(await goals.add(goal))));
    const [entry, ...more] = (await entriesOf('noted')).slice(before);
    expect(more).toEqual([]);
    const code = await codeOf(member.person);
    expect(code).toMatch(/^A-[2-9A-HJ-NP-Z]{10}$/);
    expect(entry).toMatchObject({
      ...{ actor: code, role: 'participant', source: 'slash', command: 'goal set' },
      ...{ action: 'create', kind: 'goal', object: goal.id, cohort: cohort.id, subject: code },
      ...{ outcome: 'done', number: before + 1, key: 'test' },
    });
    expect(JSON.stringify(entry)).not.toMatch(/river|account-/);
  });

  it('is noted of the person to whom it belongs, where only an id tells', async () => {
    const { cohort, member, before } = await ofGuild('owners');
    const lead = kept.store.by(acting(cohort.lead, 'owners', { command: 'cohort discharge' }));
    allowed(
      await lead.change(async ({ memberships }) => allow(await memberships.discharge(member.id, START))),
    );
    expect((await entriesOf('owners')).slice(before)).toMatchObject([
      { action: 'permission', kind: 'membership', object: member.id, subject: await codeOf(member.person) },
    ]);
  });

  it('leaves no entry when it was refused or failed, and the chain goes on without a gap', async () => {
    const { cohort, member, before } = await ofGuild('refused');
    const set = (work: () => void, number: number) =>
      kept.store.change(async ({ goals }) => {
        await goals.add(goalOf(cohort.id, member.person, number));
        work();
        return number === 2 ? refuse({ code: 'no-session' }) : allow(null);
      });
    await set(() => {}, 2);
    const fails = set(() => {
      throw new Error('power is out');
    }, 3);
    await expect(fails).rejects.toThrow('power is out');
    allowed(await set(() => {}, 4));
    expect((await entriesOf('refused')).slice(before)).toMatchObject([{ number: before + 1, kind: 'goal' }]);
  });

  it('is Hearth’s own where nobody asked, and stands in the chain of the group’s server', async () => {
    const { cohort } = await ofGuild('itself');
    const [made] = await entriesOf('itself');
    expect(made).toMatchObject({
      actor: null,
      role: 'hearth',
      source: 'itself',
      cohort: cohort.id,
      previous: '',
    });
  });

  it('is noted also where it is done outside of a change', async () => {
    const cohort = await newCohort(kept.store, { guildId: 'outside' });
    allowed(await kept.store.records.cohorts.add(cohort));
    expect(await entriesOf('outside')).toMatchObject([
      { action: 'create', kind: 'cohort', object: cohort.id },
    ]);
    const twin = await newCohort(kept.store, { guildId: 'outside', name: cohort.name });
    expect(await kept.store.change(({ cohorts }) => cohorts.add(twin))).toMatchObject({ ok: false });
    expect(await entriesOf('outside')).toHaveLength(1);
  });

  it('by 50 at once makes one chain without a gap', async () => {
    const { cohort, before } = await ofGuild('crowd');
    const people = await Promise.all(Array.from({ length: 50 }, () => somebody(kept.store)));
    await Promise.all(
      people.map((person) =>
        kept.store
          .by(acting(person, 'crowd'))
          .change(async ({ goals }) => allow(await goals.add(goalOf(cohort.id, person)))),
      ),
    );
    const entries = await entriesOf('crowd');
    expect(entries).toHaveLength(before + 50);
    expect(entries.map(({ number }) => number)).toEqual(entries.map((_entry, index) => index + 1));
    expect(entries.map(({ previous }) => previous)).toEqual([
      '',
      ...entries.map(({ hash }) => hash).slice(0, -1),
    ]);
    expect(new Set(entries.slice(before).map(({ actor }) => actor)).size).toBe(50);
  });
});

describe('what is read', () => {
  it('of others is noted before it is given; of oneself it is not, and Hearth’s own looks are not', async () => {
    const { cohort, member, before } = await ofGuild('read');
    const readBy = (actor: Actor | undefined) =>
      (actor ? kept.store.by(actor) : kept.store).records.goals.ofPerson(cohort.id, member.person.id);
    await readBy(acting(member.person, 'read', { role: 'participant' }));
    await readBy(undefined);
    expect(await entriesOf('read')).toHaveLength(before);
    await readBy(acting(cohort.lead, 'read'));
    expect((await entriesOf('read')).slice(before)).toMatchObject([
      {
        action: 'read',
        kind: 'goal',
        actor: await codeOf(cohort.lead),
        subject: await codeOf(member.person),
      },
    ]);
  });

  it('of attendance is noted of staff; participants are shown their own alone', async () => {
    const { cohort, member, before } = await ofGuild('attendance');
    const session = await aSession(kept.store, cohort);
    const read = (actor: Actor) => kept.store.by(actor).records.attendances.ofSession(session.id);
    await read(acting(member.person, 'attendance', { role: 'participant' }));
    await read(acting(cohort.lead, 'attendance'));
    expect((await entriesOf('attendance')).slice(before)).toMatchObject([
      { kind: 'session', role: 'hearth' },
      { kind: 'attendance', action: 'read', role: 'lead', cohort: cohort.id },
    ]);
  });

  it('cannot be given when it cannot be noted', async () => {
    const { cohort, member } = await ofGuild('broken');
    await runSql(
      kept.url,
      `ALTER TABLE audit_entry ADD CONSTRAINT full_now CHECK (chain <> 'broken') NOT VALID`,
    );
    const read = kept.store
      .by(acting(cohort.lead, 'broken'))
      .records.goals.ofPerson(cohort.id, member.person.id);
    await expect(read).rejects.toThrow();
    await runSql(kept.url, 'ALTER TABLE audit_entry DROP CONSTRAINT full_now');
  });
});

describe('the chain', () => {
  it.each(['UPDATE audit_entry SET object = NULL', 'DELETE FROM audit_entry', 'TRUNCATE audit_entry'])(
    'refuses %s',
    async (sql) => {
      await expect(runSql(kept.url, sql)).rejects.toThrow('append-only');
    },
  );

  it('stands as it is when a person is erased, of whom the code then tells nothing', async () => {
    await ofGuild('erased');
    const gone = await somebody(kept.store);
    const code = await codeOf(gone);
    await kept.store.by(acting(gone, 'erased')).records.audit.note({ action: 'sign-in', kind: 'command' });
    const before = await entriesOf('erased');
    await runSql(kept.url, 'DELETE FROM person WHERE id = $1', [gone.id]);
    expect(await entriesOf('erased')).toEqual(before);
    const { rows } = await runSql(kept.url, 'SELECT person_id FROM audit_code WHERE code = $1', [code]);
    expect(rows).toEqual([{ person_id: null }]);
  });

  it('gives a code once: it is neither changed, nor deleted, nor given to somebody else', async () => {
    const other = await somebody(kept.store);
    for (const sql of [
      `UPDATE audit_code SET code = 'A-2222222222' WHERE person_id = $1`,
      'DELETE FROM audit_code WHERE person_id = $1',
      'UPDATE audit_code SET person_id = $1 WHERE person_id IS NULL',
    ]) {
      await expect(runSql(kept.url, sql, [other.id])).rejects.toThrow(/append-only/);
    }
  });
});

describe('what is left out', () => {
  it('is left out for a reason', () => {
    const left = Object.values(PURPOSES).flatMap((methods) =>
      Object.values(methods).flatMap((purpose) => ('because' in purpose ? [purpose.because] : [])),
    );
    expect(left.length).toBeGreaterThan(50);
    for (const because of left) expect(because.length).toBeGreaterThan(20);
  });
});
