/** What concerns two people alone reaches them where nobody else reads, also when their direct messages are closed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { healCohort } from '../../src/app/heal-cohort.ts';
import { TOLD_FOR } from '../../src/core/ledger.ts';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import { notice } from '../../src/words/en/notices.ts';
import { ADMIN, ANA, BEN, CO_FACILITATOR, LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
const worlds: TestWorld[] = [];

beforeEach(async () => {
  world = await testWorld();
  worlds.push(world);
  group = await aGroup(world, 'Birch');
  world.discord.closedDms.add(ANA).add(LEAD);
});
afterEach(() => Promise.all(worlds.splice(0).map((each) => each.close())));

const staff = async (path: string, given: Record<string, unknown>, account = CO_FACILITATOR) => {
  const said = await group.says(account, path, { given, channelId: group.room('staff') });
  await group.settle();
  return said;
};
/** Wednesday, 6 May 2026; the clock stands on Monday, 16:00. */
const plan = () => staff('individual schedule', { person: ANA, date: '2026-05-06', time: '10:00' });
const ownRoom = () => [...world.discord.channels.values()].find(({ kind }) => kind === 'one-to-one');
const guests = () => ownRoom()?.guests.map(({ account, right }) => `${account} ${right}`);
/** What Ana was told, and whether it was in the room of the two. */
const told = (account: string) =>
  world.discord.notices
    .filter((each) => each.account === account)
    .map(({ notice: { kind }, channelId }) => [kind, channelId === ownRoom()?.channelId]);

describe('a time of two people', () => {
  it('is told to both in their own room, which the participant may read from then on', async () => {
    await plan();
    expect(told(ANA)).toEqual([['individual', true]]);
    expect(told(LEAD)).toEqual([['individual', true]]);
    expect(guests()).toEqual([`${LEAD} read`, `${ANA} read`]);
    expect(world.discord.guests('one-to-one-voice')).toEqual([]);
  });

  it('makes no room while direct messages arrive', async () => {
    world.discord.closedDms.clear();
    await plan();
    expect(ownRoom()).toBeUndefined();
    expect(world.discord.notices.map(({ channelId }) => channelId)).toEqual([undefined, undefined]);
  });

  it('tells of being moved and cancelled in the same room, and never in one of the group', async () => {
    await plan();
    await staff('individual move', { person: ANA, date: '2026-05-06', time: '12:00' });
    await staff('individual cancel', { person: ANA, sure: 'yes' });
    expect(told(ANA)).toEqual(Array.from({ length: 3 }, () => ['individual', true]));
    const elsewhere = world.discord.notices.filter(({ channelId }) => channelId !== ownRoom()?.channelId);
    expect(elsewhere).toEqual([]);
    expect(world.discord.said.map(({ announcement }) => announcement.kind)).not.toContain('reminder');
  });

  it('is not lost where Hearth may not open the room: it is told as soon as the rooms can be brought', async () => {
    const given = { person: ANA, date: '2026-05-06', time: '10:00' };
    await group.says(CO_FACILITATOR, 'individual schedule', { given, channelId: group.room('staff') });
    world.discord.closedDms.delete(LEAD);
    await staff('individual move', { person: ANA, date: '2026-05-06', time: '12:00' });
    const before = told(ANA).length;
    world.discord.lacking = ['Send Messages'];
    await staff('individual cancel', { person: ANA, sure: 'yes' });
    expect(told(ANA)).toHaveLength(before);
    world.discord.lacking = [];
    await healCohort(world, group.cohort.id);
    await group.settle();
    expect(told(ANA)).toHaveLength(before + 1);
  });

  it('is reminded of there, for somebody who asked for no direct messages', async () => {
    world.discord.closedDms.clear();
    await plan();
    world.clock.set(new Date(+new Date('2026-05-06T10:00:00Z') - HOUR));
    await group.settle();
    expect(told(ANA).slice(1)).toEqual([['reminder', true]]);
    expect(group.said('group')).not.toContain('reminder');
  });

  it('is reminded of once, whoever leads it, after a time in which Hearth was down', async () => {
    world.discord.closedDms.clear();
    await plan();
    world.clock.set(new Date(+new Date('2026-05-06T10:00:00Z') - 5 * MINUTE));
    await group.settle();
    expect(told(LEAD)).toHaveLength(2);
  });

  it('is told by no direct message to somebody who chose to get none', async () => {
    world.discord.closedDms.clear();
    await group.says(ANA, 'reminders choose', { given: { direct: 'no' } });
    await plan();
    expect(told(ANA)).toEqual([['individual', true]]);
  });

  it('closes the room again when that time has come, though it was cancelled', async () => {
    await plan();
    await staff('individual cancel', { person: ANA, sure: 'yes' });
    expect(guests()).toEqual([`${LEAD} read`, `${ANA} read`]);
    world.clock.set(new Date('2026-05-06T10:00:00Z'));
    await group.settle();
    expect(guests()).toEqual([`${LEAD} read`]);
  });

  it('opens the room before anything is said in it, however many are told at once', async () => {
    await plan();
    expect(world.discord.notices.map(({ channelId }) => channelId)).toEqual([
      ownRoom()?.channelId,
      ownRoom()?.channelId,
    ]);
    const rooms = [...world.discord.channels.values()].filter(({ kind }) => kind === 'one-to-one');
    expect(rooms).toHaveLength(1);
  });

  it('is told to its therapist when the participant leaves, and to the participant in no room of theirs', async () => {
    await plan();
    await group.people.ask(ADMIN, 'cohort discharge', {
      via: 'press',
      given: { cohort: 'Birch', person: ANA, sure: 'yes' },
    });
    await group.settle();
    const roster = await world.store.records.memberships.roster(group.cohort.id);
    expect(roster.map(({ person }) => person.account)).not.toContain(ANA);
    expect(told(LEAD)).toHaveLength(2);
    expect(told(ANA)).toHaveLength(1);
    expect(guests()).toEqual([`${LEAD} read`]);
  });
});

describe('a time that is offered', () => {
  it('is told in the room of the two, with its buttons, which work there', async () => {
    group.inVoice(BEN);
    await staff('session open', {});
    world.clock.pass(90 * MINUTE);
    await staff('session end', {});
    await staff('make-up offer', { person: ANA, kind: 'individual', date: '2026-05-07', time: '09:00' });
    expect(told(ANA)).toEqual([['make-up', true]]);
    const made = world.discord.notices.findLast(({ account }) => account === ANA);
    const [accept] = (made && notice(made.notice).actions?.flat()) ?? [];
    const pressed = { channelId: ownRoom()?.channelId ?? '' };
    await group.people.press(ANA, accept ?? expect.fail('nothing to press'), pressed);
    const ana = await world.store.records.people.known(ANA);
    expect(await world.store.records.makeUps.ofPerson(group.cohort.id, ana.id)).toMatchObject([
      { state: 'booked' },
    ]);
    world.clock.pass(TOLD_FOR + HOUR);
    await group.settle();
    expect(guests()).not.toContain(`${ANA} read`);
  });
});
