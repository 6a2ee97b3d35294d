/** `/audit show`: admins see who did what on their server, page by page, and are seen doing so. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { customIdOf, readCustomId } from '../../src/adapters/discord/custom-id.ts';
import { AUDIT_PAGE } from '../../src/core/audit.ts';
import { page } from '../../src/words/en/audit.ts';
import { runSql } from '../postgres.ts';
import { askerOf, readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, GUILD, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

const ELSEWHERE = '200000000000000077';
const GOAL = { goal: 'walk by the river', 'review-on': '2026-06-01', readers: 'staff' };

let world: TestWorld;
let harbour: Group;
beforeAll(async () => {
  world = await testWorld();
  harbour = await aGroup(world, 'Harbour');
  await aGroup(world, 'Birch');
  await harbour.says(ANA, 'goal set', { given: GOAL });
  await harbour.says(LEAD, 'goal list', { given: { person: ANA } });
  await harbour.says(OUTSIDER, 'cohort show', { given: { cohort: 'Harbour' } });
});
afterAll(() => world.close());

const people = () => askerOf(world, commands);
const show = (given: Record<string, unknown> = {}, account = ADMIN) =>
  people().read(account, 'audit show', { given });
const lines = async (given: Record<string, unknown> = {}) => (await show(given)).text.split('\n');
const numbers = (text: string) =>
  [...text.matchAll(/^\*\*(\d+)\.\*\*/gm)].map(([, number]) => Number(number));

describe('the audit that an admin sees', () => {
  it('says who did what, of whom, in which group and by which command, the latest first', async () => {
    const [denied, looked, set] = await lines();
    expect(denied).toMatch(
      new RegExp(
        `<@${OUTSIDER}> \\(no part of it\\) was refused a command in \\*\\*Harbour\\*\\*, typed \`/cohort show\``,
      ),
    );
    expect(looked).toMatch(
      new RegExp(`<@${LEAD}> \\(facilitator\\) looked at a goal of <@${ANA}> in \\*\\*Harbour`),
    );
    expect(set).toMatch(
      new RegExp(`<@${ANA}> \\(participant\\) made a goal in \\*\\*Harbour\\*\\*, typed \`/goal set\``),
    );
  });

  it('is for admins alone, and each look at it stands in it', async () => {
    expect((await show({}, LEAD)).text).toContain('manage this server');
    await show();
    const [last, tried] = await lines();
    expect(last).toMatch(new RegExp(`<@${ADMIN}> \\(admin\\) looked at the audit, typed \`/audit show\``));
    expect(tried).toMatch(new RegExp(`<@${LEAD}> .* was refused a command, typed`));
    expect((await lines({ person: LEAD }))[0]).toContain('was refused a command');
  });

  it('is of one group, one person, one kind of act or some days, when asked to', async () => {
    for (const line of await lines({ cohort: 'Birch' })) expect(line).toContain('**Birch**');
    expect((await lines({ person: ANA, action: 'read' })).join()).toMatch(
      new RegExp(`looked at a goal of <@${ANA}>`),
    );
    expect(await lines({ person: ANA, action: 'read' })).toHaveLength(1);
    expect(await lines({ person: '100000000000000055' })).toEqual([
      'There is no such entry. What is done from now on is kept here.',
    ]);
    expect(await lines({ action: 'break-glass' })).toHaveLength(1);
    world.clock.pass(3 * 24 * 60 * 60 * 1_000);
    await harbour.says(LEAD, 'goal list', { given: { person: ANA } });
    const recent = await lines({ days: 2, action: 'read', cohort: 'Harbour' });
    expect(recent[0]).toContain('looked at a goal');
    expect(recent).toHaveLength(1);
    expect(readable(await show({ cohort: 'No such group' }))).toContain('No group of yours');
  });

  it('is turned page by page to its beginning, without a gap and with what was asked', async () => {
    const given = { cohort: 'Harbour', days: 30 };
    let card = await show(given);
    const seen = numbers(card.text);
    expect(card.actions?.flat().map(({ label }) => label)).toEqual(['Earlier']);
    for (let turns = 0; turns < 20; turns += 1) {
      const earlier = card.actions?.flat().find(({ label }) => label === 'Earlier');
      if (!earlier) break;
      const { path, given: carried } = readCustomId(
        customIdOf({ path: earlier.command, given: earlier.given ?? {} }),
      );
      card = await people().read(ADMIN, path, { given: carried, via: 'press' });
      expect(numbers(card.text).length).toBeLessThanOrEqual(AUDIT_PAGE);
      seen.push(...numbers(card.text));
    }
    const { rows } = await runSql(
      world.url,
      'SELECT number FROM audit_entry WHERE chain = $1 AND cohort = $2 AND number <= $3 ORDER BY number DESC',
      [GUILD, harbour.cohort.id, seen[0]],
    );
    expect(seen).toEqual(rows.map(({ number }) => number));
    expect(seen.length).toBeGreaterThan(AUDIT_PAGE);
  });

  it('is not of another server', async () => {
    const card = await people().read(ADMIN, 'audit show', { guildId: ELSEWHERE });
    expect(numbers(card.text)).toEqual([]);
  });

  it('comes as a file of codes when asked to, which is noted as given out', async () => {
    const reply = await people().ask(ADMIN, 'audit show', { given: { file: 'yes' } });
    const file = reply.kind === 'tell' ? reply.file : undefined;
    expect(file?.name).toMatch(/^audit-1-\d+\.csv$/);
    expect(file?.content.split('\r\n')[0]).toBe(
      'number,at,actor,role,source,command,action,kind,object,cohort,subject,outcome',
    );
    for (const account of [ADMIN, ANA, BEN, LEAD]) expect(file?.content).not.toContain(account);
    expect((await lines())[0]).toContain('was given a file');
  });

  it('names somebody who was erased by a code', async () => {
    const gone = await world.store.records.people.known('100000000000000056');
    const { store } = world;
    const actor = {
      personId: gone.id,
      role: 'outsider',
      source: 'web',
      command: '',
      guildId: GUILD,
    } as const;
    await store.by(actor).records.audit.note({ action: 'sign-in', kind: 'pages' });
    await runSql(world.url, 'DELETE FROM person WHERE id = $1', [gone.id]);
    expect((await lines({ action: 'sign-in' }))[0]).toMatch(
      /`A-[2-9A-HJ-NP-Z]{10}` \(no part of it\) signed in to the pages, on a page/,
    );
  });
});

it('a page fits on a card, and its buttons in what Discord keeps, whatever was asked', () => {
  const code = 'A-ABCDEFGHJK';
  const record = {
    ...{
      chain: GUILD,
      number: 9_999_999,
      at: new Date(0),
      actor: code,
      role: 'co-facilitator',
      source: 'command-line',
    },
    ...{ command: 'individual find', action: 'permission', kind: 'microphone-test', object: null },
    ...{ cohort: harbour.cohort.id, subject: 'B', outcome: 'done', key: 'k', previous: '', hash: '' },
    ...{ actorAccount: ADMIN, subjectAccount: ANA },
  };
  const cohorts = new Map([[harbour.cohort.id, '#'.repeat(40)]]);
  const asked = { cohort: harbour.cohort.id, person: ANA, days: '366', action: 'rotate-keys' };
  const card = page({ records: Array(AUDIT_PAGE).fill(record), cohorts, more: true }, asked, false);
  expect(card.text.length).toBeLessThan(4_096);
  for (const { command, given = {} } of card.actions?.flat() ?? []) {
    expect(customIdOf({ path: command, given }).length).toBeLessThanOrEqual(100);
  }
});
