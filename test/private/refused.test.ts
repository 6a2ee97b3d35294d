/** What was typed into a command that was refused: given back where a group answers in Discord, and nowhere else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOTED_REFUSALS } from '../../src/core/often.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, GUILD, LEAD, LOBBY, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

const CANARY = 'canary of somebody';
const WORDS = `${CANARY}: ${'to walk a little '.repeat(8)}`;
const GOAL = { goal: WORDS, 'review-on': '2026-12-01', readers: 'staff' };
const UNREPEATED = 'is not repeated here';

let world: TestWorld;
/** One that answers on pages, and one that does not. */
let birch: Group;
let alder: Group;

beforeAll(async () => {
  world = await testWorld();
  birch = await aGroup(world, 'Birch', { signed: [ANA] });
  alder = await aGroup(world, 'Alder', { signed: [ANA] });
  await birch.people.read(ADMIN, 'cohort policy', { given: { cohort: 'Birch', 'private-answers': 'link' } });
});
afterAll(() => world.close());

const refusedIn = (group: Group, account: string, via: 'slash' | 'form' = 'slash') =>
  group.says(account, 'goal set', { given: GOAL, via });

describe('what somebody typed who may not yet', () => {
  it('is given back to them where their group answers in Discord', async () => {
    for (const via of ['slash', 'form'] as const) {
      expect(await refusedIn(alder, CLEO, via)).toContain(CANARY);
    }
  });

  it('is not repeated where it answers on pages, and they are told that it was not kept', async () => {
    for (const via of ['slash', 'form'] as const) {
      const said = await refusedIn(birch, CLEO, via);
      expect(said).toContain('The rooms open once you have signed');
      expect(said).toContain(UNREPEATED);
      expect(said).not.toContain(CANARY);
    }
  });

  it('is told so in Spanish to whoever speaks it', async () => {
    const said = await birch.says(CLEO, 'goal set', { given: GOAL, locale: 'es-ES' });
    expect(said).toContain('no se repite aquí');
    expect(said).not.toContain(CANARY);
  });

  it('is given back when it is nothing private, wherever the group answers', async () => {
    const said = await birch.says(LEAD, 'agreement item', { given: { cohort: 'Birch', words: WORDS } });
    expect(said).toContain(CANARY);
  });
});

describe('of which group it was, nobody is told by it', () => {
  it('when somebody in several does not say which, and one of them answers on pages', async () => {
    const said = await birch.says(ANA, 'report', {
      channelId: LOBBY,
      given: { words: WORDS, person: BEN },
    });
    expect(said).toContain(UNREPEATED);
    expect(said).not.toContain(CANARY);
  });

  it('when a stranger names it: the answer is the same for every name', async () => {
    const answers = new Set<string>();
    for (const cohort of ['Birch', 'Alder', 'No such group', birch.cohort.id, alder.cohort.id]) {
      const given = { ...GOAL, cohort };
      answers.add(await birch.says(OUTSIDER, 'goal set', { given, channelId: LOBBY }));
    }
    expect([...answers]).toHaveLength(1);
    expect([...answers][0]).not.toContain(CANARY);
  });

  it('when they have asked too often: the answer is still the same for every name', async () => {
    const names = ['Birch', 'Alder', 'No such group', birch.cohort.id, alder.cohort.id];
    const asks = (cohort: string) =>
      birch.says(OUTSIDER, 'goal set', { given: { ...GOAL, cohort }, channelId: LOBBY });
    for (let each = 0; each < NOTED_REFUSALS.most; each += 1) await asks('No such group');
    const answers = new Set<string>();
    for (const cohort of names) answers.add(await asks(cohort));
    expect([...answers]).toEqual([expect.stringContaining('Please wait 60 minutes')]);
  });

  it('when it is sent from a direct message under a group that is none', async () => {
    const given = { ...GOAL, cohort: 'no group' };
    const asked = { direct: true, guildId: '', channelId: '1', via: 'form', given } as const;
    const reply = await birch.people.ask(ANA, 'absence tell', asked);
    if (reply.kind === 'ask') throw new Error('nothing is asked of nobody');
    expect(readable(reply.card)).not.toContain(CANARY);
  });

  it('and in a server without such a group it is given back', async () => {
    const { id } = birch.cohort;
    const elsewhere = String(BigInt(GUILD) + 1n);
    const given = { ...GOAL, cohort: id };
    const said = await birch.says(OUTSIDER, 'goal set', { given, guildId: elsewhere, channelId: LOBBY });
    expect(said).toContain(CANARY);
  });
});
