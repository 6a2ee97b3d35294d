/** Reminders: who is reminded, how, how often, and what is recorded of those who are not. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliverNotice } from '../../src/app/deliver-notice.ts';
import { occurrenceDue } from '../../src/app/occurrence-due.ts';
import type { Cohort } from '../../src/core/cohort.ts';
import { changeOccurrence, type PlannedOccurrence } from '../../src/core/occurrence.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import type { Messenger } from '../../src/ports/messenger.ts';
import type { Rooms } from '../../src/ports/rooms.ts';
import { wordsFor } from '../../src/words/index.ts';
import { readable } from '../world/asking.ts';
import { ANA, BEN, CLEO, CO_FACILITATOR, LEAD } from '../world/cast.ts';
import { anExpectedMeeting } from '../world/expected.ts';
import { aGroup, type Group } from '../world/group.ts';
import { keepMeeting } from '../world/meeting.ts';
import { type TestWorld, testWorld } from '../world.ts';

const words = wordsFor('en');

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
  world.discord.closedDms.clear();
  group = await aGroup(world, `Meadow ${made}`, { signed: [ANA, BEN] });
  meeting = await anExpectedMeeting(world, group, 2 * DAY);
});

const wants = (account: string, given: Record<string, unknown>) =>
  group.says(account, 'reminders choose', { given });
const answers = (account: string, answer: string) =>
  group.says(account, 'rsvp', { given: { meeting: meeting.id, answer } });
const pass = async (ms: number) => {
  world.clock.pass(ms);
  await group.settle();
};
/** To the moment so many milliseconds before the meeting begins. */
const until = (before: number) => pass(+meeting.startsAt - before - +world.clock.now());
const noticed = () =>
  world.discord.notices.filter(
    ({ notice }) => notice.kind === 'reminder' && notice.occurrenceId === meeting.id,
  );
const inRoom = () => group.said('group').filter((kind) => kind === 'reminder');
const ledger = async (account: string) => {
  const { people, notices } = world.store.records;
  const { id } = await people.known(account);
  const records = await notices.ofPerson(group.cohort.id, id, 20);
  return records
    .toReversed()
    .map(({ reminder, state, why }) => [reminder, state.outcome, ...(why ? [why] : [])].join(' '));
};
const deliveries = async () =>
  (await world.jobs()).flatMap(({ job }) => (job.name === 'deliver-notice' ? [job] : []));
/** A milestone, as a step of its own. */
const reach = async (job: Parameters<typeof occurrenceDue>[2]): Promise<void> => {
  await world.store.change((records) => occurrenceDue(world, records, job, world.clock.now()));
};
/** What is due is done, and nothing of it is delivered yet. */
const dueUndelivered = async () => {
  await world.settle({
    'occurrence-due': (job) => reach(job),
    // The queue of the test has done with it then: it is delivered by hand.
    'deliver-notice': async (job) => void held.push(job),
  });
  return held.splice(0);
};
const held: { readonly noticeId: string }[] = [];
const toDay = async () => {
  world.clock.set(new Date(+meeting.startsAt - DAY));
  return dueUndelivered();
};

describe('who asked for direct messages', () => {
  it('is reminded by one at each milestone, and the others by one message in the room that names nobody', async () => {
    await wants(ANA, { direct: 'yes' });
    for (const before of [DAY, HOUR, 10 * MINUTE]) await until(before);
    expect(noticed().map(({ account, channelId }) => [account, channelId])).toEqual([
      [ANA, undefined],
      [ANA, undefined],
      [ANA, undefined],
    ]);
    expect(inRoom()).toHaveLength(3);
    expect(JSON.stringify(world.discord.said)).not.toContain(BEN);
    expect(await ledger(ANA)).toEqual(['day direct', 'hour direct', 'ten-minutes direct']);
    expect(await ledger(BEN)).toEqual(['day room', 'hour room', 'ten-minutes room']);
  });

  it('is called by name in the room, with the time alone, when their direct messages are closed', async () => {
    await wants(ANA, { direct: 'yes' });
    world.discord.closedDms.add(ANA);
    await until(DAY);
    expect(noticed()).toMatchObject([{ account: ANA, channelId: group.room('group') }]);
    expect(await ledger(ANA)).toEqual(['day mention closed']);
  });

  it('has it said in the ledger when there is no room to call them in either', async () => {
    await wants(ANA, { direct: 'yes' });
    world.discord.closedDms.add(ANA);
    world.discord.channels.delete(group.room('group'));
    await until(DAY);
    expect(await ledger(ANA)).toEqual(['day dropped room-gone']);
    expect(await ledger(BEN)).toEqual(['day dropped room-gone']);
  });
});

describe('who is left in peace', () => {
  it('is whoever cannot come, has not signed, or turned it off, and the ledger says so', async () => {
    await wants(ANA, { direct: 'yes' });
    await answers(ANA, 'not-coming');
    await wants(BEN, { direct: 'yes', off: ['day'] });
    await until(DAY);
    expect(noticed()).toEqual([]);
    expect(inRoom()).toEqual([]);
    expect(await ledger(ANA)).toEqual(['day dropped not-coming']);
    expect(await ledger(BEN)).toEqual(['day dropped opted-out']);
    expect(await ledger(CLEO)).toEqual(['day dropped not-signed']);
  });

  it('is whoever says so between the wish and its delivery', async () => {
    await wants(ANA, { direct: 'yes' });
    const jobs = await toDay();
    await answers(ANA, 'not-coming');
    for (const job of jobs) await deliverNotice(world, job);
    expect(await ledger(ANA)).toEqual(['day dropped not-coming']);
  });

  it('is everybody, of a reminder that the group does not send', async () => {
    await world.store.change(async ({ cohorts }) => {
      const cohort = (await cohorts.byId(group.cohort.id)) as Cohort;
      await cohorts.save({ ...cohort, settings: { ...cohort.settings, reminders: ['hour'] } });
      return { ok: true, value: null };
    });
    await until(DAY);
    expect(await ledger(BEN)).toEqual([]);
    await until(HOUR);
    expect(await ledger(BEN)).toEqual(['hour room']);
  });

  it('is everybody else, of an individual meeting', async () => {
    const { people } = world.store.records;
    const individual = { person: await people.known(ANA), therapist: await people.known(LEAD) };
    await wants(ANA, { direct: 'yes' });
    const own = await anExpectedMeeting(world, group, 3 * DAY, { individual });
    world.clock.set(new Date(+own.startsAt - HOUR));
    await group.settle();
    const told = world.discord.notices.filter(
      ({ notice }) => notice.kind === 'reminder' && notice.occurrenceId === own.id,
    );
    expect(told.map(({ account }) => account)).toEqual([ANA]);
  });
});

describe('after a time in which Hearth was down', () => {
  it('only the latest reminder is sent, and the earlier ones are recorded', async () => {
    await wants(ANA, { direct: 'yes' });
    await until(9 * MINUTE);
    expect(noticed()).toHaveLength(1);
    expect(inRoom()).toHaveLength(1);
    const told = ['day dropped superseded', 'hour dropped superseded'];
    expect(await ledger(ANA)).toEqual([...told, 'ten-minutes direct']);
    expect(await ledger(BEN)).toEqual([...told, 'ten-minutes room']);
  });

  it('of Discord, only the latest of those that waited is told', async () => {
    await wants(ANA, { direct: 'yes' });
    const jobs = [...(await toDay())];
    world.clock.set(new Date(+meeting.startsAt - HOUR));
    jobs.push(...(await dueUndelivered()));
    for (const job of jobs) await deliverNotice(world, job);
    expect(noticed()).toHaveLength(1);
    expect(inRoom()).toHaveLength(1);
    expect(await ledger(ANA)).toEqual(['day dropped superseded', 'hour direct']);
    expect(await ledger(BEN)).toEqual(['day dropped superseded', 'hour room']);
  });

  it('whoever turned the latest off gets the one before it', async () => {
    await wants(ANA, { direct: 'yes', off: ['ten-minutes'] });
    await until(9 * MINUTE);
    expect(await ledger(ANA)).toEqual([
      'day dropped superseded',
      'hour direct',
      'ten-minutes dropped opted-out',
    ]);
  });

  it('nobody is reminded of what has begun', async () => {
    await wants(ANA, { direct: 'yes' });
    await until(-MINUTE);
    expect(noticed()).toEqual([]);
    expect(inRoom()).toEqual([]);
    const dropped = ['day', 'hour', 'ten-minutes'].map((reminder) => `${reminder} dropped has-begun`);
    expect(await ledger(ANA)).toEqual(dropped);
    expect(await ledger(BEN)).toEqual(dropped);
  });

  it('nobody is reminded of a time that holds no longer', async () => {
    await wants(ANA, { direct: 'yes' });
    const jobs = await toDay();
    const moved = changeOccurrence(
      meeting,
      { kind: 'move', to: new Date(+meeting.startsAt + DAY) },
      world.clock.now(),
    );
    if (moved.ok) await keepMeeting(world, moved.value);
    for (const job of jobs) await deliverNotice(world, job);
    expect(noticed()).toEqual([]);
    expect(await ledger(ANA)).toEqual(['day dropped moved']);
    expect(await ledger(BEN)).toEqual(['day dropped moved']);
  });
});

describe('however often it is tried', () => {
  it('a milestone that is done twice reminds once', async () => {
    await wants(ANA, { direct: 'yes' });
    const due = (await world.jobs()).flatMap(({ job }) =>
      job.name === 'occurrence-due' && job.occurrenceId === meeting.id ? [job] : [],
    );
    world.clock.set(new Date(+meeting.startsAt - DAY));
    for (const job of [...due, ...due]) await reach(job);
    await Promise.all(due.map(reach));
    expect(await deliveries()).toHaveLength(2);
    await group.settle();
    expect(noticed()).toHaveLength(1);
    expect(inRoom()).toHaveLength(1);
  });

  it('a process that dies between the message and its record leaves one message', async () => {
    await wants(ANA, { direct: 'yes' });
    const jobs = await toDay();
    const messenger: Messenger = {
      ...world.messenger,
      direct: async (...asked) => {
        await world.messenger.direct(...asked);
        throw new Error('the process died');
      },
    };
    const rooms: Rooms = {
      ...world.rooms,
      say: async (...asked) => {
        await world.rooms.say(...asked);
        throw new Error('the process died');
      },
    };
    for (const job of jobs) {
      await expect(deliverNotice({ ...world, messenger, rooms }, job)).rejects.toThrow('died');
      await deliverNotice(world, job, 2);
      await deliverNotice(world, job, 3);
    }
    expect(noticed()).toHaveLength(1);
    expect(inRoom()).toHaveLength(1);
    expect([await ledger(ANA), await ledger(BEN)]).toEqual([['day direct'], ['day room']]);
  });

  it('whoever was called in the room is not written to as well, when the process dies then and their door opens', async () => {
    await wants(ANA, { direct: 'yes' });
    world.discord.closedDms.add(ANA);
    const jobs = await toDay();
    const messenger: Messenger = {
      ...world.messenger,
      mention: async (...asked) => {
        await world.messenger.mention(...asked);
        throw new Error('the process died');
      },
    };
    const died: unknown[] = [];
    for (const job of jobs)
      await deliverNotice({ ...world, messenger }, job).catch((cause) => died.push(cause));
    expect(died).toHaveLength(1);
    world.discord.closedDms.clear();
    for (const job of jobs) await deliverNotice(world, job, 2);
    expect(noticed()).toMatchObject([{ account: ANA, channelId: group.room('group') }]);
    expect(await ledger(ANA)).toEqual(['day mention closed']);
  });

  it('what may have been sent, and is of no use any more, is recorded as not known', async () => {
    await wants(ANA, { direct: 'yes' });
    const jobs = await toDay();
    world.clock.set(meeting.startsAt);
    for (const job of jobs) await deliverNotice(world, job, 2);
    expect(await ledger(ANA)).toEqual(['day dropped unsure']);
  });
});

describe('what is said', () => {
  it('holds nothing of what the time is for, of the group, or of anybody else', async () => {
    const TELLING = /therap|session|group|topic|meadow|programme|clinic|counsel|check-in/i;
    await wants(ANA, { direct: 'yes' });
    for (const before of [DAY, HOUR, 10 * MINUTE]) await until(before);
    const direct = noticed().map(({ notice }) => words.notice(notice));
    const mentions = noticed().map(({ notice }) => words.noticeInRoom(notice).text);
    const said = world.discord.said
      .map(({ announcement }) => announcement)
      .filter(({ kind }) => kind === 'reminder')
      .map((announcement) => words.announcement(announcement));
    const labels = [...direct, ...said].flatMap(({ actions = [] }) =>
      actions.flat().map(({ label }) => label),
    );
    const texts = [...direct.map(readable), ...mentions, ...said.map(({ text }) => text), ...labels];
    expect(texts.length).toBeGreaterThan(10);
    for (const text of texts) {
      expect(text).not.toMatch(TELLING);
      expect(text).not.toMatch(/<@/);
      for (const topic of world.catalogue.topics()) expect(text).not.toContain(topic.title);
    }
    expect(said.every(({ calls }) => calls === undefined)).toBe(true);
  });
});

describe('everybody', () => {
  it('sees what was sent to them, how, or why not, and staff see numbers alone', async () => {
    await wants(ANA, { direct: 'yes', off: ['hour'] });
    for (const before of [DAY, HOUR]) await until(before);
    const own = await group.says(ANA, 'reminders history');
    expect(own).toContain('A day before');
    expect(own).toContain('by direct message');
    expect(own).toContain('not sent (turned off)');
    const overview = await group.says(CO_FACILITATOR, 'reminders overview');
    expect(overview).toContain('1 by direct message');
    expect(overview).toContain('2 not sent (the agreement was not signed)');
    for (const account of [ANA, BEN, CLEO]) expect(overview).not.toContain(account);
  });

  it('sees how they are reminded, and changes it by buttons, also in a direct message', async () => {
    const card = await group.people.read(ANA, 'reminders choose', { channelId: group.room('group') });
    expect(readable(card)).toContain('names nobody');
    const [directly, ...off] = card.actions?.flat() ?? [];
    if (!directly) throw new Error('nothing can be chosen');
    const there = { channelId: group.room('group') };
    expect(await group.people.press(ANA, directly, there)).toMatchObject({ kind: 'tell' });
    expect(off.map(({ label }) => label)).toContain('Turn off: an hour before');
    const hour = off.find(({ label }) => label.includes('hour'));
    if (hour) await group.people.press(ANA, hour, there);
    expect(await group.says(ANA, 'reminders choose')).toContain('An hour before: off');
    await until(DAY);
    const [reminder] = noticed();
    const noMore = reminder && words.notice(reminder.notice).actions?.flat().at(-2);
    if (!noMore) throw new Error('direct messages cannot be ended from a direct message');
    const reply = await group.people.press(ANA, noMore, { direct: true, channelId: '' });
    expect(reply).toMatchObject({ kind: 'tell', card: { title: 'Your reminders' } });
    const again = reply.kind === 'tell' ? (reply.card.actions?.flat() ?? []) : [];
    expect(again.every(({ given }) => given?.['cohort'] === group.cohort.id)).toBe(true);
    expect(await group.says(ANA, 'reminders choose', { given: { off: 'none' } })).toContain(
      'An hour before: on',
    );
  });
});
