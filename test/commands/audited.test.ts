/** What people ask for is noted as theirs, whatever they ask: no command says so, and none can forget it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSql } from '../postgres.ts';
import { ADMIN, ANA, BEN, GUILD, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Harbour');
});
afterAll(() => world.close());

const codeOf = async (account: string): Promise<string> => {
  const { rows } = await runSql(
    world.url,
    'SELECT code FROM audit_code JOIN person ON person.id = person_id WHERE account = $1',
    [account],
  );
  return rows[0].code;
};

/** What is noted while something is asked. */
const noted = async (ask: () => Promise<unknown>) => {
  const count = async () => (await runSql(world.url, 'SELECT count(*)::int AS n FROM audit_entry')).rows[0].n;
  const before = await count();
  await ask();
  const { rows } = await runSql(
    world.url,
    'SELECT * FROM audit_entry WHERE chain = $1 ORDER BY number OFFSET $2',
    [GUILD, before],
  );
  return rows;
};

const GOAL = { goal: 'walk by the river', 'review-on': '2026-06-01', readers: 'staff' };

describe('a request', () => {
  it('is noted under the code of whoever asked, with the command and where it came from', async () => {
    const entries = await noted(() => group.says(ANA, 'goal set', { given: GOAL, via: 'form' }));
    expect(entries).toMatchObject([
      { action: 'create', kind: 'goal', role: 'participant', source: 'form', command: 'goal set' },
    ]);
    expect(entries[0]).toMatchObject({
      actor: await codeOf(ANA),
      subject: await codeOf(ANA),
      cohort: group.cohort.id,
    });
  });

  it('for the goals of somebody else is noted as a read of them, and for one’s own it is not', async () => {
    expect(await noted(() => group.says(LEAD, 'goal list', { given: { person: ANA } }))).toMatchObject([
      { action: 'read', kind: 'goal', role: 'lead', actor: await codeOf(LEAD), subject: await codeOf(ANA) },
    ]);
    expect(await noted(() => group.says(ANA, 'goal list'))).toEqual([]);
  });

  it('that is not theirs is noted as denied', async () => {
    const denied = { action: 'ask', kind: 'command', outcome: 'denied' };
    const given = { cohort: 'Harbour' };
    expect(await noted(() => group.says(BEN, 'session open'))).toMatchObject([
      { ...denied, actor: await codeOf(BEN), role: 'participant', command: 'session open' },
    ]);
    expect(await noted(() => group.says(OUTSIDER, 'cohort show', { given }))).toMatchObject([
      { ...denied, actor: await codeOf(OUTSIDER), role: 'outsider', cohort: group.cohort.id },
    ]);
    expect(
      await noted(() => group.says(OUTSIDER, 'goal list', { given: { cohort: 'Birch' } })),
    ).toMatchObject([{ ...denied, actor: await codeOf(OUTSIDER), role: 'outsider', cohort: null }]);
    expect(await noted(() => group.says(LEAD, 'admin failures'))).toMatchObject([
      { ...denied, actor: await codeOf(LEAD), command: 'admin failures' },
    ]);
    expect(await noted(() => group.says(ANA, 'attendance report', { given: { person: BEN } }))).toMatchObject(
      [{ ...denied, actor: await codeOf(ANA) }],
    );
  });

  it('that is refused for another reason leaves no entry', async () => {
    expect(await noted(() => group.says(LEAD, 'session next'))).toEqual([]);
  });

  it('for a report is noted as a read, and as an export of its file', async () => {
    expect(await noted(() => group.says(LEAD, 'attendance report'))).toMatchObject([
      { action: 'read', kind: 'make-up', role: 'lead', cohort: group.cohort.id },
      { action: 'read', kind: 'attendance', role: 'lead', cohort: group.cohort.id },
      { action: 'export', kind: 'file', role: 'lead', cohort: group.cohort.id },
    ]);
    expect(await noted(() => group.says(ANA, 'attendance report'))).toMatchObject([
      { action: 'export', kind: 'file', role: 'participant' },
    ]);
  });

  it('that changes what people may do is noted as that', async () => {
    const given = { cohort: 'Harbour', 'hours-per-week': 6 };
    expect(await noted(() => group.says(ADMIN, 'cohort policy', { given }))).toMatchObject([
      { action: 'permission', kind: 'cohort', role: 'admin', object: group.cohort.id },
    ]);
    const person = { cohort: 'Harbour', person: OUTSIDER };
    expect(await noted(() => group.says(ADMIN, 'cohort enrol', { given: person }))).toMatchObject([
      { action: 'permission', kind: 'cohort' },
      { action: 'permission', kind: 'membership', subject: await codeOf(OUTSIDER) },
    ]);
  });
});

describe('the audit of a group', () => {
  it('holds nothing that anybody wrote, no name and no account', async () => {
    const { rows } = await runSql(world.url, 'SELECT * FROM audit_entry');
    const text = JSON.stringify(rows);
    expect(rows.length).toBeGreaterThan(10);
    for (const word of ['river', 'Harbour', 'Birch', ADMIN, ANA, LEAD]) expect(text).not.toContain(word);
  });
});
