/** Presence as it is kept while people come and go, and Hearth with them. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { changeSession } from '../../src/app/change-session.ts';
import { closeAttendance } from '../../src/app/close-attendance.ts';
import { notePresence } from '../../src/app/note-presence.ts';
import { observe } from '../../src/app/observe.ts';
import { reconcilePresence } from '../../src/app/reconcile-presence.ts';
import type { Attendance } from '../../src/core/attendance.ts';
import { type Session, transition } from '../../src/core/session.ts';
import { between, MINUTE, SECOND } from '../../src/core/time.ts';
import { ADMIN, ANA, BEN, CLEO, GUILD, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Harbour');
});
afterAll(() => world.close());
afterEach(async () => {
  world.discord.seen = true;
  if (await world.store.records.sessions.unfinished(group.cohort.id)) await end();
});

const open = async (...accounts: readonly string[]) => {
  group.inVoice(...accounts);
  await group.says(LEAD, 'session open');
};
const end = () => group.says(LEAD, 'session end');

/** So many minutes go by under Hearth's eyes. */
const watched = async (minutes: number) => {
  world.clock.pass(minutes * MINUTE);
  await observe(world);
};
/** Who is in the room changes, and Hearth is told of it. */
const seen = async (...accounts: readonly string[]) => {
  group.inVoice(...accounts);
  await notePresence(world, { guildId: GUILD, channelId: group.room('voice') });
};
/** So many minutes go by in which Hearth does not run, or is not connected. */
const unwatched = (minutes: number) => world.clock.pass(minutes * MINUTE);
const back = () => reconcilePresence(world, GUILD);

const session = async (): Promise<Session> => {
  const { sessions } = world.store.records;
  const found = (await sessions.unfinished(group.cohort.id)) ?? (await sessions.lastEnded(group.cohort.id));
  if (!found) throw new Error('no session is kept');
  return found;
};
const attendance = async (account: string): Promise<Attendance> => {
  const all = await world.store.records.attendances.ofSession((await session()).id);
  const own = all.find(({ person }) => person.account === account);
  if (!own) throw new Error(`${account} has no attendance`);
  return own;
};
/** Stretches of somebody as [from minute, to minute, how they were seen]. */
const stretches = async (account: string) => {
  const { id, startedAt } = await session();
  const person = await world.store.records.people.known(account);
  const minute = (moment: Date | undefined) => moment && between(startedAt, moment) / MINUTE;
  return (await world.store.records.presences.ofSession(id))
    .filter(({ personId }) => personId === person.id)
    .map(({ start, end: until, seen: how }) => [minute(start), minute(until), how]);
};

describe('presence', () => {
  it('begins with the session for those who are there already', async () => {
    await open(ANA, BEN);
    await watched(90);
    await end();
    expect(await stretches(ANA)).toEqual([[0, 90, 'observed']]);
    expect(await attendance(ANA)).toMatchObject({ status: 'present', minutes: 90, lateMinutes: 0 });
    expect(await attendance(CLEO)).toMatchObject({ status: 'no-show', minutes: 0, amendments: [] });
  });

  it('is written while somebody joins, leaves and joins again', async () => {
    await open();
    await watched(5);
    await seen(ANA);
    await watched(30);
    await seen();
    await watched(10);
    await seen(ANA);
    await watched(45);
    await end();
    expect(await stretches(ANA)).toEqual([
      [5, 35, 'observed'],
      [45, 90, 'observed'],
    ]);
    expect(await attendance(ANA)).toMatchObject({ status: 'present', minutes: 75 });
  });

  it('counts from when it was told of, however late it is written', async () => {
    await open();
    await watched(5);
    const told = world.clock.now();
    group.inVoice(ANA);
    world.clock.pass(20 * SECOND);
    await notePresence(world, { guildId: GUILD, channelId: group.room('voice') }, told);
    await watched(1);
    await end();
    expect((await stretches(ANA)).map(([from]) => from)).toEqual([5]);
  });

  it('changes nothing when somebody mutes themselves or is told of twice', async () => {
    await open(ANA);
    await watched(10);
    await seen(ANA);
    await Promise.all([seen(ANA, BEN), seen(ANA, BEN), seen(ANA, BEN)]);
    await watched(80);
    await end();
    expect(await stretches(ANA)).toEqual([[0, 90, 'observed']]);
    expect(await stretches(BEN)).toEqual([[10, 90, 'observed']]);
  });

  it.each([
    ['late', 'joins in minute 15', 15, 90, 75],
    ['left-early', 'leaves in minute 75', 0, 75, 75],
    ['partial', 'is there for less than three quarters', 30, 80, 50],
  ] as const)('comes to %s for somebody who %s', async (status, _what, from, until, minutes) => {
    await open();
    await watched(from);
    await seen(ANA);
    await watched(until - from);
    await seen();
    await watched(90 - until);
    await end();
    expect(await attendance(ANA)).toMatchObject({ status, minutes });
  });

  it('follows somebody who moves to another room and back, and counts two devices once', async () => {
    await open(ANA);
    await watched(20);
    await seen();
    await watched(10);
    await seen(ANA);
    await watched(20);
    // A second device takes the place of the first: the gateway tells of her, and she is where she was.
    await seen(ANA, ANA);
    await watched(40);
    await end();
    expect(await stretches(ANA)).toEqual([
      [0, 20, 'observed'],
      [30, 90, 'observed'],
    ]);
    expect(await attendance(ANA)).toMatchObject({ status: 'present', minutes: 80 });
  });

  it('ends for somebody who leaves the server while they are in the room', async () => {
    await open(ANA, BEN);
    await watched(80);
    await seen(BEN);
    await watched(10);
    await end();
    expect(await stretches(ANA)).toEqual([[0, 80, 'observed']]);
    expect(await attendance(ANA)).toMatchObject({ minutes: 80 });
  });

  it('counts members of the group only', async () => {
    await open(ANA, LEAD, ADMIN, OUTSIDER);
    await watched(1);
    await seen(ANA, LEAD, OUTSIDER);
    expect(await world.store.records.presences.ofSession((await session()).id)).toHaveLength(1);
    await end();
  });

  it('is not kept when no session is open, or in a room that is no group’s', async () => {
    await seen(ANA);
    await notePresence(world, { guildId: GUILD, channelId: '1' });
    await open();
    await end();
    const jobs = await world.jobs();
    await seen(ANA);
    expect(await stretches(ANA)).toEqual([]);
    expect(await world.jobs()).toHaveLength(jobs.length);
  });

  it('brings the boards when it changed, and only then', async () => {
    await open(ANA);
    await group.settle();
    await seen(ANA);
    expect(await world.jobs()).not.toContainEqual(
      expect.objectContaining({ job: expect.objectContaining({ name: 'bring-boards' }) }),
    );
    await seen();
    expect(await world.jobs()).toContainEqual(
      expect.objectContaining({ job: { name: 'bring-boards', cohortId: group.cohort.id } }),
    );
    await end();
  });
});

describe('a restart in the middle of a session', () => {
  it('counts the gap of somebody who is still there in their favour, and apart', async () => {
    await open(ANA);
    await watched(40);
    unwatched(10);
    await back();
    await watched(40);
    await end();
    expect(await stretches(ANA)).toEqual([
      [0, 40, 'observed'],
      [40, 50, 'unobserved'],
      [50, 90, 'observed'],
    ]);
    expect(await attendance(ANA)).toMatchObject({ status: 'present', minutes: 80, unobservedMinutes: 10 });
  });

  it('right before the end takes nothing from those who are still there when it ends', async () => {
    await open(ANA, BEN);
    await watched(40);
    unwatched(50);
    group.inVoice(ANA);
    // Nobody has looked at the room again by then.
    await changeSession(world, { cohortId: group.cohort.id, request: { kind: 'end' } });
    expect(await stretches(ANA)).toEqual([
      [0, 40, 'observed'],
      [40, 90, 'unobserved'],
      [90, 90, 'observed'],
    ]);
    expect(await attendance(ANA)).toMatchObject({ status: 'present', minutes: 40, unobservedMinutes: 50 });
    expect(await stretches(BEN)).toEqual([[0, 40, 'observed']]);
    expect(await attendance(BEN)).toMatchObject({ status: 'partial', minutes: 40 });
  });

  it('ends the stretch of somebody who is gone where they were last seen', async () => {
    await open(ANA, BEN);
    await watched(40);
    unwatched(10);
    group.inVoice(BEN);
    await back();
    await watched(40);
    await end();
    expect(await stretches(ANA)).toEqual([[0, 40, 'observed']]);
    expect(await attendance(ANA)).toMatchObject({ status: 'partial', minutes: 40, unobservedMinutes: 0 });
  });

  it('counts somebody who came meanwhile from when they are seen', async () => {
    await open();
    await watched(5);
    unwatched(10);
    group.inVoice(ANA);
    await back();
    await watched(75);
    await end();
    expect(await attendance(ANA)).toMatchObject({ status: 'late', minutes: 75, lateMinutes: 15 });
  });

  it('right after the opening loses nothing of anybody who came after the last note', async () => {
    await open();
    world.clock.pass(10 * SECOND);
    await seen(ANA);
    unwatched(2);
    await back();
    await end();
    expect((await stretches(ANA)).map(([, , how]) => how)).toEqual(['observed', 'unobserved', 'observed']);
  });

  it('twice in a row changes nothing the second time', async () => {
    await open(ANA);
    await watched(10);
    unwatched(5);
    await back();
    await back();
    await end();
    expect(await stretches(ANA)).toHaveLength(3);
  });

  it('is seen in the first change that is told, should that come first', async () => {
    await open(ANA);
    await watched(10);
    unwatched(5);
    await seen(ANA, BEN);
    await back();
    await watched(5);
    await end();
    expect((await stretches(ANA)).map(([from, to, how]) => [from, to, how])).toContainEqual([
      10,
      15,
      'unobserved',
    ]);
    expect(await stretches(BEN)).toEqual([[15, 20, 'observed']]);
  });

  it('is no shorter because another group opens a session before anybody has looked', async () => {
    await open(ANA);
    await watched(40);
    unwatched(10);
    const other = await aGroup(world, 'Orchard');
    await other.says(LEAD, 'session open');
    await back();
    await watched(40);
    await other.says(LEAD, 'session end');
    await end();
    expect(await stretches(ANA)).toEqual([
      [0, 40, 'observed'],
      [40, 50, 'unobserved'],
      [50, 90, 'observed'],
    ]);
  });

  it('brings the boards of every group with a session, and keeps their presence apart', async () => {
    await open(ANA);
    const first = group;
    group = await aGroup(world, 'Meadow');
    await open(BEN);
    await watched(10);
    unwatched(5);
    await back();
    const brought = (await world.jobs()).map(({ job }) => job.cohortId);
    expect(brought).toEqual(expect.arrayContaining([first.cohort.id, group.cohort.id]));
    expect(await stretches(ANA)).toEqual([]);
    expect(await stretches(BEN)).toHaveLength(3);
    await end();
    group = first;
    expect(await stretches(ANA)).toHaveLength(3);
    await end();
  });
});

describe('a server that cannot be seen', () => {
  it('leaves everything as it was, and the gap lasts until it is seen again', async () => {
    await open(ANA, BEN);
    await watched(20);
    world.discord.seen = false;
    await watched(10);
    await back();
    await seen(ANA);
    expect(await stretches(ANA)).toEqual([[0, undefined, 'observed']]);
    await watched(10);
    world.discord.seen = true;
    await back();
    await watched(50);
    await end();
    expect(await stretches(ANA)).toEqual([
      [0, 20, 'observed'],
      [20, 40, 'unobserved'],
      [40, 90, 'observed'],
    ]);
    expect(await attendance(BEN)).toMatchObject({ status: 'partial', minutes: 20 });
  });

  it('when the session opens begins with whom is seen later', async () => {
    world.discord.seen = false;
    await open(ANA);
    world.clock.pass(2 * MINUTE);
    world.discord.seen = true;
    await back();
    await watched(88);
    await end();
    expect(await attendance(ANA)).toMatchObject({ status: 'present', minutes: 88, lateMinutes: 2 });
  });
});

describe('the end of a session', () => {
  it('ends a stretch that is still open, and leaves those that have ended', async () => {
    await open(ANA, BEN);
    await watched(80);
    await seen(ANA);
    await watched(10);
    await end();
    const { id } = await session();
    expect(await world.store.records.presences.open(id)).toEqual([]);
    expect(await stretches(ANA)).toEqual([[0, 90, 'observed']]);
    expect(await stretches(BEN)).toEqual([[0, 80, 'observed']]);
    expect(await attendance(ANA)).toMatchObject({ status: 'present', minutes: 90 });
    expect(await attendance(BEN)).toMatchObject({ minutes: 80 });
  });

  it('that nobody sees counts for nobody as observed', async () => {
    await open(ANA);
    await watched(60);
    world.discord.seen = false;
    unwatched(30);
    await end();
    expect(await stretches(ANA)).toEqual([[0, 60, 'observed']]);
    expect(await attendance(ANA)).toMatchObject({ minutes: 60, unobservedMinutes: 0 });
  });

  it('counts a pause as time of the session', async () => {
    await open(ANA);
    await watched(30);
    await group.says(LEAD, 'session pause');
    await watched(30);
    await group.says(LEAD, 'session resume');
    await watched(30);
    await end();
    expect(await attendance(ANA)).toMatchObject({ status: 'present', minutes: 90 });
  });

  it('all or nothing: when attendance is refused, presence goes on', async () => {
    await open(ANA);
    await watched(10);
    const running = await session();
    const closed = transition(running, { kind: 'end' }, world.clock.now());
    if (!closed.ok || closed.value.next.state !== 'ended') throw new Error('it did not end');
    const { next } = closed.value;
    const outcome = await world.store.change(async (records) => {
      await closeAttendance(world, records, next, group.cohort);
      return { ok: false, refusal: { code: 'somebody-was-first' } };
    });
    expect(outcome.ok).toBe(false);
    expect(await stretches(ANA)).toEqual([[0, undefined, 'observed']]);
    expect(await world.store.records.attendances.ofSession(next.id)).toEqual([]);
    await end();
  });

  it('counts somebody who takes their signature back for the time they were there', async () => {
    await open(ANA);
    await watched(50);
    const withdraw = { label: '', command: 'agreement withdraw', given: { sure: 'yes' } };
    await group.people.press(ANA, withdraw, { channelId: group.room('group') });
    group.inVoice();
    await watched(40);
    await end();
    expect(await attendance(ANA)).toMatchObject({ status: 'partial', minutes: 50 });
  });

  it('counts somebody who was discharged in the middle for the time they were there', async () => {
    await open(ANA, CLEO);
    await watched(20);
    await group.says(ADMIN, 'cohort discharge', { given: { cohort: 'Harbour', person: CLEO, sure: 'yes' } });
    group.inVoice(ANA);
    await watched(70);
    const { id } = await session();
    await end();
    const counted = await world.store.records.attendances.ofSession(id);
    const cleo = counted.find(({ person }) => person.account === CLEO);
    expect(cleo).toMatchObject({ status: 'partial', minutes: 20 });
  });
});
