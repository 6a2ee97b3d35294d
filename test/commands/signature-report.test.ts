/** Who has signed which version when: for admins alone, on screen and as a file of codes, noted as given out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSql } from '../postgres.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;

const pressFirst = async (path: string, given: Record<string, unknown>): Promise<void> => {
  const card = await group.people.read(ADMIN, path, { given: { cohort: 'Harbour', ...given } });
  const action = card.actions?.flat()[0];
  if (!action) throw new Error(readable(card));
  await group.people.press(ADMIN, action);
  await group.settle();
};

const report = async (given: Record<string, unknown> = {}, account = ADMIN) => {
  const reply = await group.people.ask(account, 'agreement report', {
    given: { cohort: 'Harbour', ...given },
  });
  if (reply.kind !== 'tell') throw new Error(`it says ${reply.kind}`);
  return { text: readable(reply.card), file: reply.file };
};

const rows = (content = ''): readonly (readonly string[])[] =>
  content
    .trim()
    .split('\r\n')
    .map((row) => row.split(','));

/** Ana and Ben sign for the first cycle; Ben withdraws, and Ana alone signs for the second. */
beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Harbour', { signed: [ANA, BEN] });
  await pressFirst('cycle begin', { weeks: 2 });
  await pressFirst('cycle end', {});
  await pressFirst('cycle begin', { weeks: 2 });
  await group.people.read(ANA, 'agreement sign', {
    channelId: group.room('welcome'),
    given: { confirm: 'I agree' },
  });
  await group.settle();
});
afterAll(() => world.close());

describe('the report of signatures', () => {
  it('tells every signature by its code, with its version, text, language, way and cycle', async () => {
    const { text, file } = await report();
    const [head, ...lines] = rows(file?.content);
    expect(head).toEqual([
      ...['code', 'cycle', 'consent_round', 'version', 'sha256', 'language', 'signed_at', 'method'],
      ...['withdrawn_at', 'holds_now', 'left'],
    ]);
    const told = lines.map(([code, cycle, round, version, sha256, , , method, withdrawn, holds]) => ({
      ...{
        code: code !== '',
        cycle,
        round,
        signed: version !== '' && sha256?.length === 64,
        method,
        withdrawn,
        holds,
      },
    }));
    expect(told).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: true, cycle: '1', round: '1', signed: true, holds: 'no' }),
        expect.objectContaining({ code: true, cycle: '2', round: '2', signed: true, holds: 'yes' }),
        expect.objectContaining({ code: true, cycle: '2', round: '', signed: false, holds: 'no' }),
      ]),
    );
    expect(told.filter(({ holds }) => holds === 'yes')).toHaveLength(1);
    expect(text).toContain(`<@${ANA}>`);
    expect(text).toContain('not signed what holds now');
    for (const account of [ANA, BEN, CLEO]) expect(file?.content).not.toContain(account);
    expect(file?.name).toBe('signatures-2026-05-04.csv');
  });

  it('is of one cycle where that is asked, and of none that there was not', async () => {
    const [, ...first] = rows((await report({ cycle: 1 })).file?.content);
    expect(new Set(first.map(([, cycle]) => cycle))).toEqual(new Set(['1']));
    expect((await report({ cycle: 9 })).text).toContain('has no cycle of that number');
  });

  it('keeps what was withdrawn, and who has left', async () => {
    await group.people.read(ANA, 'agreement withdraw', {
      channelId: group.room('group'),
      given: { sure: 'yes' },
    });
    await pressFirst('cohort discharge', { person: BEN, line: 'left' });
    const [, ...lines] = rows((await report()).file?.content);
    expect(lines.filter((line) => line[8] !== '')).not.toEqual([]);
    expect(lines.filter((line) => line[10] === 'yes')).toHaveLength(1);
  });

  it('is for admins alone, and noted as given out', async () => {
    expect((await report({}, LEAD)).file).toBeUndefined();
    expect((await report({}, ANA)).file).toBeUndefined();
    const { rows: entries } = await runSql(
      world.url,
      `SELECT role FROM audit_entry WHERE action = 'export' AND command = 'agreement report'`,
    );
    expect(entries.length).toBeGreaterThan(0);
    expect(new Set(entries.map(({ role }) => role))).toEqual(new Set(['admin']));
  });
});
