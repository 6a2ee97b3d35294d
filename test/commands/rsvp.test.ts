/** Saying whether one comes to a meeting. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { complete } from '../../src/app/complete.ts';
import type { PlannedOccurrence } from '../../src/core/occurrence.ts';
import { after, DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { en } from '../../src/words/en/index.ts';
import { ANA, BEN, CLEO, GUILD, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { aMeeting, keepMeeting } from '../world/meeting.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
let meeting: PlannedOccurrence;
let made = 0;

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  made += 1;
  group = await aGroup(world, `Harbour ${made}`, { signed: [ANA, BEN] });
  meeting = await aMeeting(world, group.cohort, inDays(2));
});

const inDays = (days: number): Date => after(world.clock.now(), days * DAY);
const rsvp = (account: string, answer: string, named = meeting.id) =>
  group.says(account, 'rsvp', { given: { meeting: named, answer } });
const kept = async () =>
  (await world.store.records.rsvps.ofOccurrence(meeting.id)).map(({ person, answer }) => [
    person.account,
    answer,
  ]);

describe('a participant', () => {
  it('says that they come, and may change their mind: the last answer counts', async () => {
    expect(await rsvp(ANA, 'coming')).toContain('that you will be there');
    expect(await rsvp(BEN, 'coming')).toContain('that you will be there');
    world.clock.pass(MINUTE);
    expect(await rsvp(ANA, 'not-coming')).toContain('Thank you for telling us');
    expect(await kept()).toEqual([
      [BEN, 'coming'],
      [ANA, 'not-coming'],
    ]);
  });

  it('is offered the other answer', async () => {
    const card = await group.people.read(ANA, 'rsvp', {
      channelId: group.room('group'),
      given: { meeting: meeting.id, answer: 'coming' },
    });
    const [action] = card.actions?.flat() ?? [];
    expect(action?.given).toMatchObject({ meeting: meeting.id });
  });

  it('may name the meeting by its day', async () => {
    expect(await rsvp(ANA, 'coming', meeting.wall.slice(0, 10))).toContain('that you will be there');
    expect(await kept()).toEqual([[ANA, 'coming']]);
    expect(await rsvp(ANA, 'coming', '2026-01-31')).toContain('No meeting of the group was found');
    expect(await rsvp(ANA, 'coming', 'the next one')).toContain('No meeting of the group was found');
  });

  it('is asked which one they mean when the group meets more than once on that day', async () => {
    await aMeeting(world, group.cohort, new Date(+meeting.startsAt + 2 * HOUR));
    expect(await rsvp(ANA, 'coming', meeting.wall.slice(0, 10))).toContain('more than once on that day');
    expect(await kept()).toEqual([]);
    expect(await rsvp(ANA, 'coming')).toContain('that you will be there');
  });

  it('has not answered to the time to which it is moved', async () => {
    await rsvp(ANA, 'not-coming');
    await group.says(LEAD, 'schedule move', { given: { meeting: meeting.id, time: '20:00' } });
    expect(await kept()).toEqual([]);
    expect(await world.store.records.tasks.open(group.cohort.id)).toEqual([]);
  });

  it('twice at the same moment has one answer', async () => {
    await Promise.all([rsvp(ANA, 'coming'), rsvp(ANA, 'coming')]);
    expect(await kept()).toEqual([[ANA, 'coming']]);
  });

  it('answers until it begins, and no longer', async () => {
    world.clock.pass(2 * DAY);
    expect(await rsvp(ANA, 'coming')).toContain('has begun already');
  });

  it('is told when the meeting is skipped', async () => {
    await keepMeeting(world, { ...meeting, state: 'skipped', skippedFor: 'skip' });
    expect(await rsvp(ANA, 'coming')).toContain('is skipped');
  });

  it('cannot answer to a meeting of another group, or of somebody else alone', async () => {
    const other = await aGroup(world, `Meadow ${made}`);
    const theirs = await aMeeting(world, other.cohort, inDays(1));
    expect(await rsvp(ANA, 'coming', theirs.id)).toContain('No meeting of the group was found');
    const [ben, lead] = [
      await world.store.records.people.known(BEN),
      await world.store.records.people.known(LEAD),
    ];
    const alone = { individual: { person: ben, therapist: lead } };
    const individual = await aMeeting(world, group.cohort, inDays(1), alone);
    expect(await rsvp(ANA, 'coming', individual.id)).toContain('No meeting of the group was found');
    expect(await rsvp(BEN, 'coming', individual.id)).toContain('that you will be there');
  });

  it('is offered the meetings that are ahead, by their day and time', async () => {
    world.clock.set(new Date('2026-07-01T08:00:00Z'));
    meeting = await aMeeting(world, group.cohort, inDays(1));
    const where = { guildId: GUILD, channelId: group.room('group'), account: ANA, admin: false, given: {} };
    const labels = (await complete(world, 'meeting', where)).map(en.completion);
    expect(labels).toEqual([{ label: 'Thursday, 2 July 2026, 08:00 (Etc/UTC)', value: meeting.id }]);
    world.clock.pass(3 * DAY + HOUR);
    expect(await complete(world, 'meeting', where)).toEqual([]);
    expect(await complete(world, 'meeting', { ...where, account: OUTSIDER })).toEqual([]);
  });
});

describe('others', () => {
  it('have nothing to answer', async () => {
    expect(await rsvp(CLEO, 'coming')).toContain('once you have signed');
    expect(await rsvp(LEAD, 'coming')).toContain('for the people who take part');
    expect(await rsvp(OUTSIDER, 'coming')).toContain('No group of yours');
    expect(await kept()).toEqual([]);
  });
});
