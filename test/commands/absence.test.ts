/** Telling that one cannot come: the therapist is told, and nobody else learns why. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PlannedOccurrence } from '../../src/core/occurrence.ts';
import { after, DAY, MINUTE } from '../../src/core/time.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CO_FACILITATOR, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { aMeeting } from '../world/meeting.ts';
import { type TestWorld, testWorld } from '../world.ts';

const THERAPIST = '100000000000000031';
const REASON = 'my mother is *ill* @everyone';

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
  group = await aGroup(world, `Harbour ${made}`);
  const given = { cohort: group.cohort.name, person: ANA, therapist: THERAPIST };
  await group.says(ADMIN, 'cohort therapist', { given });
  meeting = await aMeeting(world, group.cohort, after(world.clock.now(), 2 * DAY));
});

const tell = (account: string, given: Record<string, unknown> = {}) =>
  group.says(account, 'absence tell', { given: { meeting: meeting.id, ...given } });
const withdraw = (account: string) =>
  group.says(account, 'absence withdraw', { given: { meeting: meeting.id } });
const tasks = (account: string) => group.says(account, 'task list', { given: { cohort: group.cohort.name } });
const show = (account: string, task = '1') =>
  group.says(account, 'task show', { given: { task, cohort: group.cohort.name } });
const open = () => world.store.records.tasks.open(group.cohort.id);
const hold = async () => {
  world.clock.set(meeting.startsAt);
  await group.says(LEAD, 'session open');
  world.clock.pass(60 * MINUTE);
  await group.says(LEAD, 'session end');
  const session = await world.store.records.sessions.lastEnded(group.cohort.id);
  const all = await world.store.records.attendances.ofSession(session?.id ?? '');
  return Object.fromEntries(all.map(({ person, status }) => [person.account, status]));
};

describe('somebody who cannot come', () => {
  it('tells it in a form that asks why only if they like, and is thanked', async () => {
    const press = { via: 'press', channelId: group.room('group'), given: { meeting: meeting.id } } as const;
    const form = await group.people.form(ANA, 'absence tell', press);
    expect(form.fields).toMatchObject([{ name: 'reason', required: false }]);
    expect(form.fields[0]?.hint).toContain('Prefer not to say');
    const card = await group.people.read(ANA, form.command, {
      via: 'form',
      channelId: group.room('group'),
      given: { ...form.given, reason: '' },
    });
    expect(readable(card)).toContain('Thank you for telling us');
    expect(readable(card)).not.toContain('Why');
    expect(await open()).toMatchObject([{ kind: 'absence-told', person: { account: ANA } }]);
  });

  it('has their therapist told that something waits, and the staff’s room without a name', async () => {
    await tell(ANA, { reason: REASON });
    await group.settle();
    expect(world.discord.notices.at(-1)).toMatchObject({
      account: THERAPIST,
      notice: { kind: 'task', cohortId: group.cohort.id, taskId: expect.any(String) },
    });
    expect(group.said('staff')).toContain('task-opened');
    const said = JSON.stringify([world.discord.said, world.discord.notices]);
    expect(said).not.toContain(ANA);
    expect(said).not.toContain('mother');
  });

  it('is read by their therapist and themselves alone', async () => {
    expect(await tell(ANA, { reason: REASON })).toContain('my mother is \\*ill\\*');
    expect(await show(THERAPIST)).toContain('my mother is \\*ill\\*');
    expect(await show(LEAD)).toContain(`<@${ANA}> cannot come`);
    expect(await show(LEAD)).not.toContain('mother');
    for (const account of [CO_FACILITATOR, OUTSIDER, BEN, ADMIN]) {
      expect(await show(account)).not.toContain('mother');
    }
  });

  it('is told to the lead where no other therapist is named, with the reason', async () => {
    await tell(BEN, { reason: 'a move' });
    expect(await open()).toMatchObject([{ assignee: { account: LEAD } }]);
    expect(await show(LEAD)).toContain('a move');
  });

  it('opens one task, however often they tell it; a reason that was told stays', async () => {
    await tell(ANA, { reason: REASON });
    await Promise.all([tell(ANA), tell(ANA)]);
    expect(await open()).toHaveLength(1);
    expect(await show(THERAPIST)).toContain('my mother');
  });

  it('opens the same task by the answer to an invitation', async () => {
    await group.says(ANA, 'rsvp', { given: { meeting: meeting.id, answer: 'not-coming' } });
    expect(await open()).toHaveLength(1);
  });

  it('may take it back: the reason goes, and the task is settled by itself', async () => {
    await tell(ANA, { reason: REASON });
    expect(await withdraw(ANA)).toContain('you will be there');
    expect(await open()).toEqual([]);
    expect((await world.store.records.rsvps.ofOccurrence(meeting.id))[0]).toMatchObject({ answer: 'coming' });
    expect(await show(THERAPIST)).not.toContain('mother');
    expect(await withdraw(ANA)).toContain('You have not said');
    await tell(ANA);
    expect((await open()).map(({ number }) => number)).toEqual([2]);
  });

  it('is excused when they do not come, and counted as there when they do', async () => {
    await tell(ANA);
    await tell(BEN);
    group.inVoice(BEN);
    expect(await hold()).toMatchObject({ [ANA]: 'excused', [BEN]: 'present' });
    expect((await open()).filter(({ kind }) => kind === 'no-show')).not.toContainEqual(
      expect.objectContaining({ person: expect.objectContaining({ account: ANA }) }),
    );
  });
});

describe('a therapist who is nothing else to the group', () => {
  it('reaches their tasks, by the group’s name or without, and nothing else', async () => {
    await tell(ANA);
    expect(await tasks(THERAPIST)).toContain(`<@${ANA}> cannot come`);
    for (const path of ['cohort show', 'attendance show', 'attendance report', 'agreement show']) {
      const text = await group.says(THERAPIST, path, { given: { cohort: group.cohort.name } });
      expect(text).not.toMatch(/<@\d+>/);
    }
    expect(world.discord.guests('group')).not.toContain(THERAPIST);
    expect(world.discord.guests('staff')).not.toContain(THERAPIST);
  });

  it('keeps what was opened for them when another is named, or the person leaves', async () => {
    await tell(ANA, { reason: REASON });
    const given = { cohort: group.cohort.name, person: ANA };
    await group.says(ADMIN, 'cohort therapist', { given: { ...given, therapist: LEAD } });
    expect(await tasks(THERAPIST)).toContain(`<@${ANA}> cannot come`);
    expect(await show(THERAPIST)).not.toContain('mother');
    await group.says(ADMIN, 'cohort discharge', { given: { ...given, sure: 'yes' } });
    expect(await tasks(THERAPIST)).toContain(`<@${ANA}> cannot come`);
    await group.says(THERAPIST, 'task done', {
      given: { task: '1', outcome: 'looked-after', cohort: group.cohort.name },
    });
    expect(await tasks(THERAPIST)).toContain('No group of yours');
  });
});
