/** A participant and their therapist meet in rooms of their own: planned, opened, held, ended and closed, in their time. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notePresence } from '../../src/app/note-presence.ts';
import { observe } from '../../src/app/observe.ts';
import type { RoomKind } from '../../src/core/rooms.ts';
import { MINUTE } from '../../src/core/time.ts';
import { readable } from '../world/asking.ts';
import { ANA, BEN, CLEO, CO_FACILITATOR, GUILD, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Birch');
}, 120_000);
afterAll(() => world.close());

/** The clock stands on Monday, 4 May 2026, 16:00 in the group's zone, which is UTC. */
const DAY_ONE = '2026-05-05';
const at = (time: string, day = DAY_ONE): Date => new Date(`${day}T${time}:00Z`);
const turnTo = async (time: string, day = DAY_ONE): Promise<void> => {
  world.clock.set(at(time, day));
  await group.settle();
};
const given = (time: string, more: Record<string, unknown> = {}) => ({
  given: { person: ANA, date: DAY_ONE, time, ...more },
});
const room = (kind: RoomKind, number: number) =>
  [...world.discord.channels.values()].find((each) => each.kind === kind && each.number === number);
const inside = async (...accounts: readonly string[]): Promise<void> => {
  const channelId = room('one-to-one-voice', 1)?.channelId ?? '';
  // The heartbeat, so that what was before is no gap.
  await observe(world);
  world.discord.voice.set(channelId, accounts);
  await notePresence(world, { guildId: GUILD, channelId });
  await group.settle();
};
const card = () => [...world.discord.messages.values()].find(({ board }) => board.kind === 'individual-card');
const told = () =>
  world.discord.notices
    .filter(({ channelId }) => channelId === undefined)
    .map(({ account, notice }) => [account, notice.kind] as const);

describe('a time of two', () => {
  it('is planned by staff for the person’s own therapist, and both are told who did not ask', async () => {
    expect(await group.says(CO_FACILITATOR, 'individual schedule', given('10:00'))).toContain('planned');
    await group.settle();
    expect(told()).toEqual([
      [ANA, 'individual'],
      [LEAD, 'individual'],
    ]);
    expect(world.discord.said.map(({ announcement }) => announcement.kind)).not.toContain('individual');
  });

  it.each([
    ['31 February', given('10:00', { date: '2026-02-31' }), 'not a day of the calendar'],
    ['a quarter to thirty', given('29:45'), 'could not be read'],
    ['yesterday', given('10:00', { date: '2026-05-03' }), 'is over already'],
    ['while Ana is with her therapist', given('10:30'), 'This person has another'],
    ['while the therapist is with Ana', given('10:30', { person: BEN }), 'Their therapist has another'],
    ['for somebody outside', given('15:00', { person: OUTSIDER }), 'not in this group'],
  ])('is not planned for %s', async (_when, asked, words) => {
    expect(await group.says(LEAD, 'individual schedule', asked)).toContain(words);
  });

  it('is not planned by two at once for the same therapist', async () => {
    const both = await Promise.all([
      group.says(LEAD, 'individual schedule', given('13:00', { person: BEN })),
      group.says(CO_FACILITATOR, 'individual schedule', given('13:00', { person: CLEO })),
    ]);
    expect(both.filter((said) => said.includes('is planned'))).toHaveLength(1);
  });

  it('is asked about before it is cancelled, and moved only to where both are free', async () => {
    await group.says(LEAD, 'individual schedule', given('18:00'));
    const move = { meeting: DAY_ONE, ...given('13:10').given };
    expect(await group.says(LEAD, 'individual move', { given: move })).toContain('another meeting');
    const asked = await group.people.read(LEAD, 'individual cancel', {
      given: { person: ANA },
      channelId: group.room('staff'),
    });
    expect(readable(asked)).toContain('Cancel this time?');
  });

  it('is listed to staff and to the two, and to nobody else', async () => {
    expect(await group.says(ANA, 'individual list')).toContain(LEAD);
    expect(await group.says(ANA, 'individual list')).not.toContain(`<@${BEN}>`);
    expect(await group.says(CO_FACILITATOR, 'individual list')).toContain(`<@${ANA}>`);
  });

  it('has no room to meet in until ten minutes before; what is told before can be read', async () => {
    await turnTo('09:49');
    expect(room('one-to-one-voice', 1)).toBeUndefined();
    expect(room('one-to-one', 1)?.guests).toEqual([
      { account: LEAD, right: 'read' },
      { account: ANA, right: 'read' },
    ]);
    await turnTo('09:50');
    const guests = [
      { account: LEAD, right: 'lead' },
      { account: ANA, right: 'join' },
    ];
    expect(room('one-to-one', 1)).toMatchObject({ name: 'one-to-one-1', guests });
    expect(room('one-to-one-voice', 1)).toMatchObject({ guests });
    expect(card()?.board).toMatchObject({ state: 'planned', account: ANA, therapist: LEAD });
  });

  it('begins by itself, and counts from its planned time', async () => {
    await inside(ANA);
    await turnTo('10:00');
    await inside(ANA, LEAD);
    expect(card()?.board).toMatchObject({ state: 'running' });
    const [session] = await world.store.records.individualSessions.unfinished(group.cohort.id);
    expect(session).toMatchObject({ number: 1, startedAt: at('10:00'), plannedEndAt: at('10:50') });
  });

  it('is no session of the group', async () => {
    const { sessions } = world.store.records;
    expect(await sessions.unfinished(group.cohort.id)).toBeUndefined();
    expect(await sessions.count(group.cohort.id)).toBe(0);
    expect(await sessions.inProgress()).toEqual([]);
    expect(await group.says(LEAD, 'session next')).toContain('no session open');
  });

  it('is ended by its therapist alone', async () => {
    expect(await group.says(CO_FACILITATOR, 'individual end')).toContain('no such time together');
    expect(await group.says(ANA, 'individual end')).toContain('facilitators');
  });

  it('goes on past its end while both are there, and ends when one leaves', async () => {
    await turnTo('10:50');
    expect(card()?.board).toMatchObject({ state: 'running' });
    world.clock.pass(5 * MINUTE);
    await inside(ANA);
    expect(card()?.board).toMatchObject({ state: 'over' });
    const [meeting] = await world.store.records.occurrences.between(
      group.cohort.id,
      at('09:00'),
      at('10:01'),
    );
    const sessionId = meeting?.state === 'held' ? meeting.sessionId : '';
    const session = await world.store.records.individualSessions.byId(sessionId);
    expect(session).toMatchObject({ state: 'ended', endedAt: at('10:55') });
    expect(await world.store.records.attendances.ofSession(sessionId)).toMatchObject([
      { person: { account: ANA }, status: 'present', minutes: 55 },
    ]);
  });

  it('closes its rooms half an hour after: the therapist may read', async () => {
    await inside();
    await turnTo('11:20');
    const closed = [{ account: LEAD, right: 'read' }];
    expect(room('one-to-one-voice', 1)?.guests).toEqual(closed);
    // Ana was reminded there of the time that she has at 18:00.
    expect(room('one-to-one', 1)?.guests).toEqual([...closed, { account: ANA, right: 'read' }]);
  });
});

describe('a make-up', () => {
  const staff = (path: string, asked: Record<string, unknown> = {}) =>
    group.says(LEAD, path, { given: asked, channelId: group.room('staff') });
  const offer = (time: string, more: Record<string, unknown> = {}) =>
    staff('make-up offer', { person: BEN, kind: 'individual', date: '2026-05-07', time, ...more });
  const state = async () => {
    const ben = await world.store.records.people.known(BEN);
    return (await world.store.records.makeUps.ofPerson(group.cohort.id, ben.id)).map((each) => each.state);
  };

  it('is due for those who did not come', async () => {
    await turnTo('12:00', '2026-05-06');
    group.inVoice(ANA, CLEO);
    await staff('session open');
    world.clock.pass(60 * MINUTE);
    await staff('session end');
    await group.settle();
    expect(await state()).toEqual(['due']);
    expect(await group.says(BEN, 'make-up list')).toContain('session 1');
    expect(await group.says(ANA, 'make-up list')).toContain('nothing to make up');
  });

  it('that is declined leaves no meeting', async () => {
    expect(await offer('09:00')).toContain('is offered');
    await group.settle();
    expect(told().at(-1)).toEqual([BEN, 'make-up']);
    await group.says(BEN, 'make-up answer', { given: { answer: 'decline' } });
    expect(await state()).toEqual(['declined']);
    expect(await group.says(BEN, 'individual list')).toContain('No such time');
  });

  it('is not taken by another, nor by an answer to an earlier offer', async () => {
    await offer('10:00');
    const [makeUp] = await world.store.records.makeUps.ofCohort(group.cohort.id);
    const old = { answer: 'accept', offer: makeUp?.id, at: '1' };
    expect(await group.says(BEN, 'make-up answer', { given: old })).toContain('no longer stands');
    expect(await group.says(ANA, 'make-up answer', { given: { ...old, at: undefined } })).toContain(
      'no longer',
    );
    expect(
      await staff('make-up offer', { person: BEN, kind: 'group', date: '2026-05-07', time: '10:00' }),
    ).toContain('no extra meeting');
  });

  it('is due again when its meeting is cancelled', async () => {
    await group.says(BEN, 'make-up answer', { given: { answer: 'accept' } });
    expect(await state()).toEqual(['booked']);
    expect(await offer('11:00')).toContain('already');
    const asked = await group.people.read(LEAD, 'individual cancel', {
      given: { person: BEN },
      channelId: group.room('staff'),
    });
    const [yes] = asked.actions?.flat() ?? [];
    await group.people.press(LEAD, yes ?? expect.fail('nothing to press'), {
      channelId: group.room('staff'),
    });
    expect(await state()).toEqual(['due']);
  });

  it('that is held is credited beside what was counted', async () => {
    await offer('11:00');
    await group.says(BEN, 'make-up answer', { given: { answer: 'accept' } });
    await group.settle();
    await turnTo('10:50', '2026-05-07');
    const voice = [...world.discord.channels.values()].find(
      ({ kind, guests }) => kind === 'one-to-one-voice' && guests.some(({ account }) => account === BEN),
    );
    const channelId = voice?.channelId ?? expect.fail('the room does not stand');
    world.discord.voice.set(channelId, [BEN, LEAD]);
    await turnTo('11:00', '2026-05-07');
    await turnTo('11:50', '2026-05-07');
    await observe(world);
    world.discord.voice.set(channelId, []);
    await notePresence(world, { guildId: GUILD, channelId });
    expect(await state()).toEqual(['held']);
    const session = await world.store.records.sessions.lastEnded(group.cohort.id);
    const attendances = await world.store.records.attendances.ofSession(session?.id ?? '');
    expect(attendances.find(({ person }) => person.account === BEN)).toMatchObject({
      status: 'no-show',
      amendments: [{ status: 'made-up', by: LEAD }],
    });
    expect(await group.says(BEN, 'make-up list')).toContain('50 minutes count');
    const ben = await world.store.records.people.known(BEN);
    const inGroup = await world.store.records.attendances.latestOf(group.cohort.id, ben.id, 9);
    expect(inGroup.map(({ sessionId }) => sessionId)).toEqual([session?.id]);
    const reported = await group.says(BEN, 'attendance report', { given: { weeks: 1 } });
    expect(reported).toContain('50 minutes made up for 1 session');
    expect(reported).toContain('  - 7 May 2026: 50 minutes');
  });
});
