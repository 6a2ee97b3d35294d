/** Making a cohort, enrolling and discharging its people, and bringing it to an end. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agreement } from '../../commands/agreement.ts';
import { cohort } from '../../commands/cohort.ts';
import type { Cohort } from '../../src/core/cohort.ts';
import { openSession } from '../../src/core/session.ts';
import { type Asker, askerOf, readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, CO_FACILITATOR, GUILD, LEAD, OUTSIDER, ROBOT } from '../world/cast.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let people: Asker;
let made = 0;
let name = '';

beforeAll(async () => {
  world = await testWorld();
  people = askerOf(world, [cohort, agreement]);
});
afterAll(() => world.close());
beforeEach(async () => {
  made += 1;
  name = `Harbour ${made}`;
  world.discord.lacking = [];
  await world.settle();
  world.discord.channels.clear();
});

const plan = () => ({ name, type: 'skills', lead: LEAD, 'co-facilitator': CO_FACILITATOR });
const create = (given: Readonly<Record<string, unknown>> = {}) =>
  people.read(ADMIN, 'cohort create', { given: { ...plan(), ...given } });
const enrol = (person: string, given: Readonly<Record<string, unknown>> = {}) =>
  people.read(ADMIN, 'cohort enrol', { given: { cohort: name, person, ...given } });
const discharge = (person: string) =>
  people.read(ADMIN, 'cohort discharge', { given: { cohort: name, person, sure: 'yes' } });
const show = (account = ADMIN) => people.read(account, 'cohort show', { given: { cohort: name } });

const kept = async (): Promise<Cohort> => {
  const cohorts = await world.store.records.cohorts.ofGuild(GUILD);
  const found = cohorts.filter((each) => each.name === name);
  expect(found).toHaveLength(1);
  const [only] = found;
  if (!only) throw new Error(`there is no cohort ${name}`);
  return only;
};

const begin = async () => {
  const { id: cohortId, ...rest } = await kept();
  const opened = openSession(
    {
      id: world.ids.next(),
      cohortId,
      number: 1,
      agenda: world.catalogue.agenda('skills', 60),
      topicId: world.catalogue.topics()[0]?.id ?? '',
    },
    world.clock.now(),
  );
  await world.store.change(async ({ sessions, cohorts }) => {
    await cohorts.save({ ...rest, id: cohortId, begunAt: world.clock.now() });
    return sessions.add(opened.next, { events: opened.events, by: LEAD, at: world.clock.now() });
  });
  return opened.next;
};

describe('an admin makes a group', () => {
  it('with one command, and only its two facilitators see its rooms', async () => {
    const card = await create();
    await world.settle();
    expect(readable(card)).toContain(`**${name}** holds up to 10 people`);
    expect([...world.discord.channels.values()].map(({ kind }) => kind)).toEqual([
      'category',
      'welcome',
      'group',
      'voice',
      'staff',
    ]);
    expect(new Set(world.discord.guests('staff'))).toEqual(new Set([LEAD, CO_FACILITATOR]));
  });

  it('and may say how many, how long and in which zone', async () => {
    await create({ capacity: 8, minutes: '60', zone: 'europe/madrid' });
    expect(await kept()).toMatchObject({ capacity: 8, sessionMinutes: 60, zone: 'Europe/Madrid' });
  });

  it('and is told when the number of people is unusual', async () => {
    expect(readable(await create({ capacity: 12 }))).toContain('This is a large group');
  });

  it('twice, and has one group, whose rooms are brought again', async () => {
    await create();
    await world.settle();
    world.discord.channels.clear();
    const card = await create({ name: name.toUpperCase() });
    await world.settle();
    expect(readable(card)).toContain('Its rooms are being brought up to date');
    expect(world.discord.channels.size).toBe(5);
    await kept();
  });

  it('twice at the same moment, and has one group', async () => {
    const cards = await Promise.all([create(), create()]);
    expect(cards.map(({ title }) => title).toSorted()).toEqual(['The group is made', undefined]);
    await kept();
  });

  it.each([
    ['one person as both facilitators', () => ({ 'co-facilitator': LEAD }), 'two different people'],
    ['a bot as facilitator', () => ({ lead: ROBOT }), 'That is a bot'],
    ['a zone that is none', () => ({ zone: 'madrid' }), 'Europe/Madrid'],
    ['thirteen people', () => ({ capacity: 13 }), 'at most 12'],
    ['more people than can be counted', () => ({ capacity: 1e300 }), 'at most 12'],
    ['a name of characters that cannot be seen', () => ({ name: '\u200b\u202e\u2060' }), 'at least 3'],
  ])('but not with %s', async (_what, given, says) => {
    expect(readable(await create(given()))).toContain(says);
    const cohorts = await world.store.records.cohorts.ofGuild(GUILD);
    expect(cohorts.map((each) => each.name)).not.toContain(name);
  });

  it('and nobody else can', async () => {
    const card = await people.read(LEAD, 'cohort create', { given: plan() });
    expect(readable(card)).toContain('Only people who manage this server');
  });
});

describe('the roster of a group', () => {
  beforeEach(async () => {
    await create({ capacity: 2 });
  });

  it('lets a newcomer see the welcome room and no other', async () => {
    expect(readable(await enrol(ANA))).toContain(`<@${ANA}> is enrolled in **${name}**: 1 of 2`);
    await world.settle();
    expect(world.discord.guests('welcome')).toContain(ANA);
    for (const kind of ['group', 'voice', 'staff'] as const) {
      expect(world.discord.guests(kind)).not.toContain(ANA);
    }
  });

  it('takes the same person once', async () => {
    await enrol(ANA);
    expect(readable(await enrol(ANA))).toContain('already enrolled');
  });

  it('takes the same person once when asked twice at the same moment', async () => {
    const cards = await Promise.all([enrol(ANA), enrol(ANA)]);
    expect(cards.map(readable).filter((text) => text.includes('already enrolled'))).toHaveLength(1);
  });

  it('holds no more than its capacity, also when two come at the same moment', async () => {
    await enrol(ANA);
    const cards = await Promise.all([enrol(BEN), enrol(CLEO)]);
    expect(cards.map(readable).filter((text) => text.includes('The group is full'))).toHaveLength(1);
    expect(await world.store.records.memberships.roster((await kept()).id)).toHaveLength(2);
  });

  it('takes neither a bot nor its own facilitators', async () => {
    expect(readable(await enrol(ROBOT))).toContain('That is a bot');
    expect(readable(await enrol(LEAD))).toContain('facilitates the group');
  });

  it('closes when the group has begun, and opens only with the consent of all given anew', async () => {
    await enrol(ANA);
    await world.store.change(async ({ cohorts }) => {
      await cohorts.save({ ...(await kept()), begunAt: world.clock.now() });
      return { ok: true, value: null };
    });
    expect(readable(await enrol(BEN))).toContain('`reopen-consent`');
    expect(readable(await enrol(BEN, { 'reopen-consent': 'yes' }))).toContain('sign the agreement again');
    expect((await kept()).consentRound).toBe(2);
  });

  it('is not reopened in the middle of a session', async () => {
    await enrol(ANA);
    await begin();
    expect(readable(await enrol(BEN, { 'reopen-consent': 'yes' }))).toContain('still open');
    expect((await kept()).consentRound).toBe(1);
  });

  it('lets somebody go, and with that out of every room', async () => {
    await enrol(ANA);
    const asked = await people.read(ADMIN, 'cohort discharge', { given: { cohort: name, person: ANA } });
    expect(asked.title).toBe('Discharge this person?');
    expect(readable(await discharge(ANA))).toContain('0 people remain');
    await world.settle();
    expect(world.discord.guests('welcome')).not.toContain(ANA);
    expect(readable(await discharge(ANA))).toContain('not on the roster');
  });

  it('ends the turn, and the time in the room, of somebody who is let go during a session', async () => {
    await enrol(ANA);
    const session = await begin();
    const { id: personId } = await world.store.records.people.known(ANA);
    const [now, turnId] = [world.clock.now(), world.ids.next()];
    await world.store.change(async ({ presences, sessions }) => {
      const interval = { id: world.ids.next(), sessionId: session.id, personId, start: now };
      await presences.start({ ...interval, seen: 'observed' });
      const turns = [
        { id: turnId, personId, state: 'speaking', place: 1, askedAt: now, beganAt: now },
      ] as const;
      await sessions.save({ ...session, turns }, { events: [], by: ANA, at: now });
      return { ok: true, value: null };
    });
    await discharge(ANA);
    expect(await world.store.records.presences.open(session.id)).toEqual([]);
    expect((await world.store.records.sessions.byId(session.id))?.turns).toMatchObject([{ state: 'done' }]);
    const events = await world.store.records.sessions.events(session.id);
    expect(events.at(-1)?.event).toEqual({ kind: 'turns-closed', personId });
  });
});

describe('the overview of a group', () => {
  beforeEach(async () => {
    await create();
    await enrol(ANA);
  });

  it('shows who has signed, and where its rooms are', async () => {
    await world.settle();
    const text = readable(await show());
    expect(text).toContain(`<@${ANA}>, enrolled on`);
    expect(text).toContain('not signed now');
    expect(text).toMatch(/<#\d+>/);
  });

  it('is for its staff and for admins, and tells others nothing', async () => {
    expect(readable(await show(CO_FACILITATOR))).toContain('Members: 1 of 10');
    expect(readable(await show(ANA))).toContain('Only the facilitators');
    expect(readable(await show(OUTSIDER))).toContain('No group of yours was found');
    expect(readable(await show(OUTSIDER))).not.toContain(name);
  });

  it('names the rights that were missing, until the rooms could be brought', async () => {
    world.discord.lacking = ['MANAGE_ROLES', 'MOVE_MEMBERS'];
    await world.settle();
    expect(world.log.entries).toContainEqual(
      expect.objectContaining({ event: 'rooms-not-brought', missing: 'MANAGE_ROLES MOVE_MEMBERS' }),
    );
    const card = await show();
    expect(readable(card)).toContain('MANAGE\\_ROLES and MOVE\\_MEMBERS');

    world.discord.lacking = [];
    const [again] = card.actions?.flat() ?? [];
    if (!again) throw new Error('no button brings the rooms again');
    await people.press(ADMIN, again);
    await world.settle();
    expect(readable(await show())).not.toContain('MANAGE');
    expect(world.discord.channels.size).toBe(5);
  });
});

describe('the rooms of a group', () => {
  it('are brought as often as anybody likes, and stay the same rooms', async () => {
    await create();
    await world.settle();
    const before = [...world.discord.channels.keys()];
    await create();
    await world.settle();
    expect([...world.discord.channels.keys()]).toEqual(before);
  });

  it('are made anew when somebody deletes one by hand', async () => {
    await create();
    await world.settle();
    const [first = ''] = world.discord.channels.keys();
    world.discord.channels.delete(first);
    await create();
    await world.settle();
    expect(world.discord.channels.size).toBe(5);
  });
});

describe('the end of a group', () => {
  beforeEach(async () => {
    await create();
    await enrol(ANA);
  });
  const archive = () => people.read(ADMIN, 'cohort archive', { given: { cohort: name, sure: 'yes' } });

  it('closes its rooms to its members and leaves them readable for its staff', async () => {
    expect(readable(await archive())).toContain('is archived');
    await world.settle();
    expect(world.discord.guests('welcome')).toEqual([LEAD, CO_FACILITATOR]);
    expect(world.discord.guests('group', 'read')).toEqual([LEAD, CO_FACILITATOR]);
  });

  it('leaves its staff a way to look at it, and to bring its rooms again, in its own rooms', async () => {
    await world.settle();
    const channelId = [...world.discord.channels.values()].find(({ kind }) => kind === 'staff')?.channelId;
    if (channelId === undefined) throw new Error('there is no staff room');
    await archive();
    const card = await people.read(LEAD, 'cohort show', { channelId });
    expect(readable(card)).toContain('This group is archived');
    const [again] = card.actions?.flat() ?? [];
    if (!again) throw new Error('no button brings the rooms again');
    expect(await people.press(LEAD, again, { channelId })).toMatchObject({
      card: { text: expect.stringContaining('being brought up to date') },
    });
  });

  it('is asked about once more, and a second tap changes nothing', async () => {
    const card = await people.read(ADMIN, 'cohort archive', { given: { cohort: name } });
    expect(card.title).toBe('Archive this group?');
    expect((await kept()).state).toBe('active');
    const [yes] = card.actions?.flat() ?? [];
    if (!yes) throw new Error('no button archives');
    expect(await people.press(ADMIN, yes)).toMatchObject({
      card: { text: expect.stringContaining('is archived') },
    });
    expect(await people.press(ADMIN, yes)).toMatchObject({
      card: { text: expect.stringContaining('has ended and is archived') },
    });
  });

  it('waits for the end of its session', async () => {
    await begin();
    expect(readable(await archive())).toContain('is still open, so nothing was changed');
    const asked = await people.read(ADMIN, 'cohort archive', { given: { cohort: name } });
    expect(readable(asked)).toContain('is still open, so nothing was changed');
  });

  it('frees its name', async () => {
    await archive();
    expect((await create()).title).toBe('The group is made');
  });
});

describe('the policy of a group', () => {
  const policy = (given: Readonly<Record<string, unknown>> = {}) =>
    people.read(ADMIN, 'cohort policy', { given: { cohort: name, ...given } });
  beforeEach(async () => {
    await create();
    await enrol(ANA);
  });

  it('is shown when nothing is asked of it', async () => {
    const text = readable(await policy());
    for (const part of [
      '10 minutes',
      '75 per cent',
      '9 hours a week',
      '180 minutes',
      '2 sessions in a row',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('a day before, an hour before, and ten minutes before');
    expect((await kept()).version).toBe(1);
  });

  it('takes what is given, and leaves the rest', async () => {
    await policy({
      'late-after': 0,
      'partial-below': 50,
      'hours-per-week': 6,
      'day-minutes': 120,
      'supervisor-after': 3,
      'lead-patience': 10,
      reminders: ['hour'],
      events: 'no',
      calls: 'yes',
      encryption: 'refuse',
      chimes: 'no',
      'exercise-sounds': 'no',
      'talk-time': 'yes',
    });
    expect(readable(await policy({ reminders: ['none'] }))).toContain('Reminders: none.');
    expect(await kept()).toMatchObject({
      policy: { lateAfterMinutes: 0, partialBelowPercent: 50 },
      settings: {
        hoursPerWeek: 6,
        dayMinutes: 120,
        supervisorAfterNoShows: 3,
        leadPatienceMinutes: 10,
        reminders: [],
        shownAsEvents: false,
        joinsCalls: true,
        encryption: 'refuse',
        chimes: false,
        exerciseSounds: false,
        talkTime: true,
      },
    });
  });

  it('says in plain words what Hearth does in the calls of the group', async () => {
    expect(readable(await policy())).toContain('Hearth comes into the calls of the group.');
    expect(readable(await policy())).toContain('It is not counted how long each speaks.');
    expect(readable(await policy({ encryption: 'refuse' }))).toContain('no session is opened');
    expect(readable(await policy({ calls: 'no', encryption: 'warn' }))).toContain(
      'does not come into the calls',
    );
  });

  it('counts how long each speaks only where the agreement that is signed says so', async () => {
    const { text } = world.agreement;
    const { allows: _none, ...silent } = text;
    world.agreement.change(silent);
    expect(readable(await policy({ 'talk-time': 'yes', chimes: 'no' }))).toContain(
      'says nothing of how long each speaks',
    );
    expect((await kept()).settings).toMatchObject({ talkTime: false, chimes: true });
    world.agreement.change(text);
    expect(readable(await policy({ 'talk-time': 'yes' }))).toContain('for the facilitators alone');
  });

  it.each([
    [{ 'late-after': 61 }, 'at most 60'],
    [{ 'partial-below': -1 }, 'at least 0'],
    [{ 'hours-per-week': 0 }, 'at least 1'],
    [{ 'day-minutes': 721 }, 'at most 720'],
    [{ events: 'perhaps' }, 'one of those offered'],
    [{ reminders: ['never'] }, 'one of those offered'],
  ])('does not take %j, and then nothing of it', async (given, says) => {
    expect(readable(await policy({ ...given, 'lead-patience': 29 }))).toContain(says);
    expect((await kept()).settings.leadPatienceMinutes).toBe(5);
  });

  it('names who supervises it and who is whose therapist', async () => {
    const given = { cohort: name };
    await people.read(ADMIN, 'cohort supervisor', { given: { ...given, person: BEN } });
    await people.read(ADMIN, 'cohort therapist', { given: { ...given, person: ANA, therapist: CLEO } });
    const text = readable(await show());
    expect(text).toContain(`<@${BEN}> supervises`);
    expect(text).toContain(`not signed now, with <@${CLEO}>`);
    expect(readable(await enrol(CLEO))).toContain('looks after people of the group');
    expect(readable(await enrol(BEN))).toContain('looks after people of the group');
  });

  it.each([
    ['somebody who takes part', ANA, 'takes part in the group'],
    ['a bot', ROBOT, 'That is a bot'],
  ])('names %s as neither', async (_who, account, says) => {
    const supervisor = { given: { cohort: name, person: account } };
    expect(readable(await people.read(ADMIN, 'cohort supervisor', supervisor))).toContain(says);
    const therapist = { given: { cohort: name, person: ANA, therapist: account } };
    expect(readable(await people.read(ADMIN, 'cohort therapist', therapist))).toContain(says);
  });

  it('names no therapist of somebody who is not in the group', async () => {
    const given = { cohort: name, person: OUTSIDER, therapist: LEAD };
    expect(readable(await people.read(ADMIN, 'cohort therapist', { given }))).toContain('not on the roster');
  });
});
