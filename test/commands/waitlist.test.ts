/** Places in groups: who waits for one, who moves to another group, and how somebody leaves. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customIdOf } from '../../src/adapters/discord/custom-id.ts';
import type { Action, Card } from '../../src/words/card.ts';
import { wordsFor } from '../../src/words/index.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, LEAD, OUTSIDER, ROBOT } from '../world/cast.ts';
import { aGroup, type Group, groupIn } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

const DORA = '10000000000000000031';
const EMIL = '10000000000000000032';

let world: TestWorld;
let group: Group;
let other: Group;
beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Places', { signed: [ANA, BEN] });
  const given = { name: 'Others', type: 'support', lead: OUTSIDER, 'co-facilitator': LEAD, capacity: 3 };
  await group.people.read(ADMIN, 'cohort create', { given });
  await group.settle();
  other = await groupIn(world, 'Others');
});
afterAll(() => world.close());

const COHORT = { cohort: 'Places' };
const admin = async (path: string, given: Readonly<Record<string, unknown>> = {}): Promise<Card> => {
  const card = await group.people.read(ADMIN, path, { given: { ...COHORT, ...given } });
  await group.settle();
  return card;
};
const button = (card: Card, label: string): Action => {
  const found = card.actions?.flat().find((action) => action.label === label);
  if (!found) throw new Error(`no button says ${label}: ${readable(card)}`);
  return found;
};
const press = async (card: Card, label: string, account = ADMIN): Promise<Card> => {
  const reply = await group.people.press(account, button(card, label));
  if (reply.kind === 'ask') throw new Error('a form was shown');
  await group.settle();
  return reply.card;
};
const roster = async (of: Group = group): Promise<readonly string[]> =>
  (await world.store.records.memberships.roster(of.cohort.id)).map(({ person }) => person.account);
const waiting = async (): Promise<readonly string[]> =>
  (await world.store.records.waitlists.waiting(group.cohort.id)).map(({ person }) => person.account);

describe('the list of those who wait', () => {
  it('takes nobody for whom there is a place', async () => {
    expect(readable(await admin('waitlist add', { person: DORA }))).toContain('There is a place');
    expect(readable(await admin('waitlist next'))).toContain('Nobody waits');
  });

  it('is in the order in which people were put on it, once the group has begun', async () => {
    await admin('cycle begin', { sure: 'yes' });
    expect(readable(await admin('waitlist add', { person: DORA }))).toContain('waits for a place');
    const card = await admin('waitlist add', { person: EMIL });
    expect(readable(card)).toMatch(new RegExp(`1\\. <@${DORA}>.*\n2\\. <@${EMIL}>`));
    expect(await group.says(LEAD, 'waitlist list')).toContain(`1. <@${DORA}>`);
    expect(await group.says(ANA, 'waitlist list')).toContain('Only the facilitators');
  });

  it.each([
    [ANA, 'already enrolled'],
    [LEAD, 'facilitates the group'],
    [ROBOT, 'That is a bot'],
    [DORA, 'waits for a place in this group already'],
  ])('refuses %s, who could not be enrolled or is on it', async (person, answer) => {
    expect(readable(await admin('waitlist add', { person }))).toContain(answer);
  });

  it('tells nobody who waits that there is a group', async () => {
    const shown = await group.people.read(DORA, 'cohort show', { channelId: group.room('group') });
    expect(readable(shown)).toContain('No group of yours');
  });

  it('forgets nobody who was taken off it, and offers them no place', async () => {
    await admin('waitlist add', { person: '10000000000000000033' });
    await admin('waitlist remove', { person: '10000000000000000033' });
    expect(await waiting()).toEqual([DORA, EMIL]);
    expect(readable(await admin('waitlist remove', { person: '10000000000000000033' }))).toContain(
      'does not wait',
    );
  });

  it('is told of in the staff’s room, without a name, as soon as there is a place', async () => {
    const left = await admin('cohort discharge', { person: CLEO, sure: 'yes' });
    expect(readable(left)).toContain('2 people wait for a place');
    expect(group.said('staff')).toContain('place-free');
    const announcement = { kind: 'place-free', waiting: 2 } as const;
    expect(wordsFor('en').announcement(announcement).text).toContain('2 people wait');
    expect(readable(await press(left, 'See who is next'))).toContain(`<@${DORA}> would be enrolled: 3 of 10`);
  });

  it('gives the place to whoever is first, and asks the group', async () => {
    const card = await admin('waitlist next');
    expect(readable(card)).toContain('everybody in it is asked to sign the agreement again');
    expect(readable(await press(card, 'Enrol them'))).toContain(`<@${DORA}> is enrolled`);
    expect(await roster()).toEqual([ANA, BEN, DORA]);
    expect(await waiting()).toEqual([EMIL]);
    const [member] = (await world.store.records.memberships.roster(group.cohort.id)).slice(-1);
    expect(member).toMatchObject({ person: { account: DORA }, awaitsConsent: true });
    // The same card once more: somebody else is next now.
    expect(readable(await press(card, 'Enrol them'))).toContain('Somebody changed this');
    expect(await roster()).toEqual([ANA, BEN, DORA]);
  });

  it('lets go of whoever was enrolled in another way', async () => {
    await admin('cohort enrol', { person: EMIL, 'reopen-consent': 'yes' });
    expect(await waiting()).toEqual([]);
  });

  it('gives one place once, however many press at the same moment', async () => {
    await admin('waitlist add', { person: CLEO });
    const card = await admin('waitlist next');
    const texts = (
      await Promise.all([1, 2, 3].map(() => group.people.press(ADMIN, button(card, 'Enrol them'))))
    ).map((reply) => (reply.kind === 'ask' ? '' : readable(reply.card)));
    await group.settle();
    expect(texts.filter((text) => text.includes('is enrolled in'))).toHaveLength(1);
    expect((await roster()).filter((account) => account === CLEO)).toHaveLength(1);
  });
});

describe('somebody who moves to another group', () => {
  it('is shown what it means, by a button that Discord can hold', async () => {
    const card = await admin('cohort transfer', { person: EMIL, to: 'others' });
    expect(readable(card)).toContain('Nothing of what they wrote goes with them');
    const { command: path, given = {} } = button(card, 'Yes, move them');
    expect(customIdOf({ path, given }).length).toBeLessThanOrEqual(100);
    expect(await roster()).toContain(EMIL);
  });

  it('leaves the one and is enrolled in the other, in one act', async () => {
    const card = await admin('cohort transfer', { person: EMIL, to: 'Others' });
    expect(readable(await press(card, 'Yes, move them'))).toContain('is enrolled in **Others**: 1 of 3');
    expect(await roster()).not.toContain(EMIL);
    expect(await roster(other)).toEqual([EMIL]);
    expect(world.discord.guests('welcome').filter((account) => account === EMIL)).toHaveLength(1);
  });

  it('stays where they are when the other group cannot take them', async () => {
    const refused = async (given: Readonly<Record<string, unknown>>) =>
      readable(await admin('cohort transfer', given));
    expect(await refused({ person: DORA, to: 'Places' })).toContain('That is the group in which');
    expect(await refused({ person: DORA, to: 'Nowhere' })).toContain('no other group of that name');
    expect(await refused({ person: EMIL, to: 'Others' })).toContain('not on the roster');
    const card = await admin('cohort transfer', { person: DORA, to: 'Others' });
    for (const person of [ANA, BEN]) {
      await group.people.read(ADMIN, 'cohort enrol', { given: { cohort: 'Others', person } });
    }
    expect(readable(await press(card, 'Yes, move them'))).toContain('The group is full');
    expect(await roster()).toContain(DORA);
    expect(await roster(other)).toEqual([EMIL, ANA, BEN]);
  });
});

describe('somebody who leaves', () => {
  const lines = () => group.said('group').filter((kind) => kind === 'farewell').length;
  const goodbyes = () => world.discord.notices.filter(({ notice }) => notice.kind === 'goodbye');

  it('leaves without a word when nobody chose one, and may be thanked with one press', async () => {
    const card = await admin('cohort discharge', { person: CLEO });
    expect(readable(card)).toContain('They get no message');
    await press(card, 'Yes, discharge them');
    expect([lines(), goodbyes()]).toEqual([0, []]);
    await admin('cohort enrol', { person: CLEO, 'reopen-consent': 'yes' });
    await press(await admin('cohort discharge', { person: CLEO }), 'Yes, with a goodbye');
    expect(lines()).toBe(1);
    expect(goodbyes()).toMatchObject([{ account: CLEO }]);
  });

  it('is told of to the group in the line that was chosen, also without a name', async () => {
    const chosen = { person: DORA, goodbye: 'no', line: 'unnamed' };
    const card = await admin('cohort discharge', chosen);
    expect(readable(card)).toContain('that somebody has left, without a name');
    await press(card, 'Yes, discharge them');
    const said = world.discord.said.map(({ announcement }) => announcement).at(-1);
    expect(said).toEqual({ kind: 'farewell', line: 'unnamed' });
    expect(said && wordsFor('en').announcement(said).text).not.toContain('<@');
    expect(goodbyes()).toHaveLength(1);
  });

  it('gets a goodbye that names no group and nobody', () => {
    const { text } = wordsFor('en').notice({ kind: 'goodbye' });
    expect(text).toContain('Thank you for the time');
    expect(text).not.toMatch(/Places|<@|group/);
  });
});
