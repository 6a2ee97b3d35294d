/** `/schedule`: shown before it is saved, saved as a whole or not at all, and changed one meeting at a time. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planAhead } from '../../src/app/plan-ahead.ts';
import type { Reply } from '../../src/command.ts';
import { DAY, HOUR } from '../../src/core/time.ts';
import type { Action, Card } from '../../src/words/card.ts';
import { runSql } from '../postgres.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, CO_FACILITATOR, LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { asHearthDoes } from '../world/jobs.ts';
import { type TestWorld, testWorld } from '../world.ts';

const NAME = 'Harbour';
const ZONE = 'Europe/Madrid';

let world: TestWorld;
let group: Group;
let url: string;
const worlds: TestWorld[] = [];

/** Monday, 4 May 2026, 18:00 in Madrid. */
beforeEach(async () => {
  world = await testWorld();
  url = world.url;
  worlds.push(world);
  group = await aGroup(world, NAME);
});
afterEach(() => Promise.all(worlds.splice(0).map((each) => each.close())));

const channelId = () => group.room('staff');
const read = (path: string, given: Record<string, unknown> = {}, account = LEAD): Promise<Card> =>
  group.people.read(account, `schedule ${path}`, { given, channelId: channelId() });
const says = async (path: string, given: Record<string, unknown> = {}, account = LEAD): Promise<string> =>
  readable(await read(path, given, account));
const shown = (reply: Reply): string => (reply.kind === 'ask' ? reply.form.title : readable(reply.card));
const press = async (action: Action, account = LEAD): Promise<string> =>
  shown(await group.people.press(account, action, { channelId: channelId() }));
const button = (card: Card, label: string): Action => {
  const found = card.actions?.flat().find((action) => action.label === label);
  if (!found) throw new Error(`no button says ${label}`);
  return found;
};
const SAVE = 'Save this schedule';
const set = async (given: Record<string, unknown>): Promise<string> =>
  press(button(await read('set', { zone: ZONE, ...given }), SAVE));

const all = () =>
  world.store.records.occurrences.between(group.cohort.id, new Date(0), new Date('2030-01-01T00:00:00Z'));
const ahead = () => world.store.records.occurrences.ahead(group.cohort.id, world.clock.now());
const walls = async () => (await ahead()).map(({ startsAt }) => world.zones.wall(startsAt, ZONE));
const running = () => world.store.records.schedules.running(group.cohort.id);
const due = async () => (await world.jobs()).filter(({ job }) => job.name === 'occurrence-due');
const work = () => world.settle(asHearthDoes(world));

/** Every row of every table that a calendar is made of, and every job: what is not saved leaves all of it as it was. */
const everything = async (): Promise<unknown> => {
  const tables = ['schedule', 'occurrence', 'holiday', 'announcement', 'cohort', 'test_job'];
  const columns = tables.map((table) => `(SELECT json_agg(t ORDER BY t::text) FROM ${table} t) AS ${table}`);
  return (await runSql(url, `SELECT ${columns.join(', ')}`)).rows;
};

describe('/schedule set', () => {
  it('shows the rule and the next six meetings in words and as moments, and saves nothing', async () => {
    const text = await says('set', { when: 'Mon Wed 18:00; Fri 10:00 14:00', zone: ZONE, weeks: 2 });
    expect(text).toContain('every Monday and Wednesday at 18:00');
    expect(text).toContain('every Friday at 10:00 and 14:00');
    expect(text).toContain('From 4 May 2026 to 17 May 2026, 90 minutes each, times in Europe/Madrid');
    expect(text).toMatch(/- Wednesday,? 6 May 2026, 18:00 \(for you <t:1778083200:F>\)/);
    expect(text.match(/- \w+day,? \d+ May 2026/g)).toHaveLength(6);
    // Today’s meeting has begun at this very moment.
    expect(text).toContain('7 meetings, from');
    expect(await running()).toBeUndefined();
    expect(await all()).toEqual([]);
    expect((await world.jobs()).filter(({ job }) => job.name !== 'bring-rooms')).toEqual([]);
  });

  it('saves it with a press: the meetings are rows, each with its milestone, and the group is told', async () => {
    expect(await set({ when: 'Mon Wed 18:00', minutes: '60', weeks: 2 })).toContain('The schedule is saved');
    expect(await walls()).toEqual(['2026-05-06T18:00', '2026-05-11T18:00', '2026-05-13T18:00']);
    expect(await due()).toHaveLength(3);
    await group.settle();
    expect(group.said('group')).toEqual(['schedule-set']);
    expect((await world.store.records.cohorts.byId(group.cohort.id))?.zone).toBe(ZONE);
  });

  it('does nothing twice when the button is pressed twice, or by two people at once', async () => {
    const save = button(await read('set', { when: 'Mon 18:00', zone: ZONE }), SAVE);
    const answers = await Promise.all([press(save), press(save, CO_FACILITATOR)]);
    expect(answers.filter((text) => text.includes('The schedule is saved'))).toHaveLength(1);
    expect(await press(save)).toContain('saved already');
    expect((await all()).map(({ wall }) => wall)).toEqual([
      ...new Set((await all()).map(({ wall }) => wall)),
    ]);
    await group.settle();
    expect(group.said('group')).toEqual(['schedule-set']);
  });

  it('lets one of two admins win who confirm different schedules at once, and tells the other', async () => {
    const one = button(await read('set', { when: 'Mon 18:00', zone: ZONE }), SAVE);
    const other = button(await read('set', { when: 'Tue 18:00', zone: ZONE }), SAVE);
    const answers = await Promise.all([press(one), press(other, CO_FACILITATOR)]);
    expect(answers.filter((text) => text.includes('The schedule is saved'))).toHaveLength(1);
    expect(answers.filter((text) => text.includes('was not saved'))).toHaveLength(1);
    expect(new Set((await ahead()).map(({ scheduleId }) => scheduleId)).size).toBe(1);
  });

  it('forgets it with the other button, after which it cannot be saved', async () => {
    const card = await read('set', { when: 'Mon 18:00' });
    expect(await press(button(card, 'Leave it as it is'))).toContain('everything stays as it is');
    expect(await press(button(card, SAVE))).toContain('was not saved');
    expect(await running()).toBeUndefined();
  });

  it('is too old to be saved after a day', async () => {
    const card = await read('set', { when: 'Mon 18:00' });
    world.clock.pass(DAY + 1);
    expect(await press(button(card, SAVE))).toContain('too old');
    expect(await running()).toBeUndefined();
  });

  it('says what it replaces, and keeps as the same rows what both name, moves and skips included', async () => {
    await set({ when: 'Mon Wed 18:00', weeks: 4 });
    await says('skip', { meeting: '2026-05-11', sure: 'y' });
    await says('move', { meeting: '2026-05-13', time: '19:00' });
    const before = new Map((await all()).map((each) => [each.id, each]));
    const card = await read('set', { when: 'Mon Wed 18:00; Fri 10:00', weeks: 2 });
    expect(readable(card)).toContain('It replaces the schedule that runs now');
    expect(readable(card)).toContain('3 meetings ahead stay');
    expect(readable(card)).toContain('4 planned meetings are no longer named');
    await press(button(card, SAVE));
    expect(await walls()).toEqual([
      '2026-05-06T18:00',
      '2026-05-08T10:00',
      '2026-05-13T19:00',
      '2026-05-15T10:00',
    ]);
    const kept = (await all()).filter(({ id, state }) => before.has(id) && state === 'planned');
    expect(kept.map(({ revision }) => revision)).toEqual([0, 1]);
    const replaced = (await all()).filter(
      (each) => each.state === 'skipped' && each.skippedFor === 'replaced',
    );
    expect(replaced).toHaveLength(4);
    const skipped = (await all()).filter((each) => each.state === 'skipped' && each.skippedFor === 'skip');
    expect(skipped.map(({ wall }) => wall)).toEqual(['2026-05-11T18:00']);
  });

  it('does not make a meeting once more for which a session was opened before its time', async () => {
    await set({ when: 'Mon Wed 18:00' });
    world.clock.set(new Date('2026-05-06T15:40:00Z'));
    await group.people.ask(LEAD, 'session open', { channelId: channelId() });
    await set({ when: 'Wed 18:00', minutes: '60' });
    const today = (await all()).filter(
      ({ startsAt }) => startsAt.toISOString() === '2026-05-06T16:00:00.000Z',
    );
    expect(today.map(({ state }) => state)).toEqual(['held']);
  });

  it('says plainly what a change of zone in mid-cycle does', async () => {
    await set({ when: 'Mon 18:00', zone: 'America/New_York', weeks: 4 });
    const card = await read('set', { when: 'Mon 18:00', zone: ZONE, weeks: 4 });
    expect(readable(card)).toContain('The time zone changes** from America/New\\_York to Europe/Madrid');
    expect(readable(card)).toContain('at 18:00 there, is at 12:00 in America/New\\_York');
    await press(button(card, SAVE));
    expect((await world.store.records.cohorts.byId(group.cohort.id))?.zone).toBe(ZONE);
    expect(await walls()).toEqual(['2026-05-11T18:00', '2026-05-18T18:00', '2026-05-25T18:00']);
  });

  it('says when a change of the clocks moves a meeting, forward by the gap or to the first of two', async () => {
    world.clock.set(new Date('2026-10-20T10:00:00Z'));
    expect(await says('set', { when: 'Sun 2:30', zone: ZONE, weeks: 4 })).toContain(
      '25 October 2026, 02:30 (for you <t:1792888200:F>); 02:30 comes twice that night: the first is meant',
    );
    world.clock.set(new Date('2027-03-20T10:00:00Z'));
    expect(await says('set', { when: 'Sun 2:30', zone: ZONE, weeks: 4 })).toContain(
      'clocks go forward that night: the meeting begins at 03:30 instead of 02:30',
    );
  });

  it('stays at the same time on the wall when clocks change', async () => {
    world.clock.set(new Date('2026-10-19T10:00:00Z'));
    await set({ when: 'Mon Thu 18:00', weeks: 4 });
    const meetings = await ahead();
    expect(new Set(meetings.map(({ startsAt }) => world.zones.wall(startsAt, ZONE).slice(11)))).toEqual(
      new Set(['18:00']),
    );
    expect(new Set(meetings.map(({ startsAt }) => startsAt.getUTCHours()))).toEqual(new Set([16, 17]));
  });

  it('takes cron expressions, too, with names, the last day of the month and the second Monday', async () => {
    for (const cron of ['0 18 * * mon,wed', '0 18 L * *', '0 18 * * 1#2', '0 18 * * 1; 0 10 * * 5']) {
      expect(await says('set', { cron, zone: ZONE })).toContain('Save this schedule?');
    }
  });
});

const BAD: readonly (readonly [string, Record<string, unknown>, string])[] = [
  ['set', {}, 'Please say when the group meets'],
  ['set', { when: 'Mon soon' }, '**soon** could not be read'],
  ['set', { when: 'Mon' }, '**Mon** could not be read'],
  ['set', { when: '18:00' }, '**18:00** could not be read'],
  ['set', { when: 'Mon 25:00' }, '**25:00** could not be read'],
  ['set', { when: 'Mon 18:00 18:30' }, 'Two meetings would overlap'],
  ['set', { when: 'Mon 18:00; Mon 19:00', minutes: '75' }, 'Two meetings would overlap'],
  ['set', { when: 'Mon 18:00', zone: 'EST' }, 'Did you mean'],
  ['set', { when: 'Mon 18:00', zone: 'Europe/Madird' }, 'Did you mean Europe/Madrid'],
  ['set', { when: 'Mon 18:00', zone: '+02:00' }, 'is not the name of a time zone'],
  ['set', { when: 'Mon 18:00', first: '2026-02-30' }, '**2026-02-30** is not a day'],
  ['set', { when: 'Mon 18:00', first: '31/05/2026' }, 'is not a day of the calendar'],
  ['set', { when: 'Mon 18:00', first: '2026-05-03' }, 'The first day is over already'],
  ['set', { when: 'Mon 18:00', first: '9999-12-31' }, 'too far away'],
  ['set', { when: 'Mon 18:00', last: '2026-06-31' }, '**2026-06-31** is not a day'],
  ['set', { when: 'Mon 18:00', last: '2026-05-03' }, 'The last day comes before the first'],
  ['set', { when: 'Mon 18:00', last: '2027-12-31' }, 'longer than a year'],
  ['set', { when: 'Mon 18:00', last: '2026-07-01', weeks: 3 }, 'not both'],
  ['set', { when: 'Mon 18:00', weeks: 0 }, 'at least 1'],
  ['set', { when: 'Mon 18:00', weeks: 53 }, 'at most 52'],
  ['set', { when: 'Mon 18:00', minutes: '45' }, 'choose one of those offered'],
  ['set', { when: 'Mon 18:00', events: 'maybe' }, 'choose one of those offered'],
  ['set', { cron: '0 0 31 2 *' }, 'would not meet even once'],
  ['set', { cron: '* * * * *' }, 'more than 400 meetings'],
  ['set', { cron: '0 18 * *' }, 'is not a cron expression of five fields'],
  ['set', { cron: '0 0 18 * * 1' }, 'is not a cron expression of five fields'],
  ['set', { cron: 'H 18 * * 1' }, 'is not a cron expression of five fields'],
  ['set', { cron: '0 18 * * 1#6' }, 'is not a cron expression of five fields'],
  ['set', { cron: '0 18 * * funday' }, 'is not a cron expression of five fields'],
  ['set', { save: '01900000-0000-7000-8000-999999999999' }, 'was not saved'],
  ['skip', { meeting: '2026-05-07', sure: 'y' }, 'No meeting of the group was found'],
  ['skip', { meeting: '2026-02-30', sure: 'y' }, '**2026-02-30** is not a day'],
  ['skip', { meeting: '2026-05-06 late', sure: 'y' }, '**late** could not be read as a time'],
  ['skip', { meeting: 'the next one', sure: 'y' }, 'No meeting of the group was found'],
  ['skip', { meeting: '2999-05-06', sure: 'y' }, 'too far away'],
  ['restore', { meeting: '2026-05-06' }, 'takes place as planned'],
  ['move', { meeting: '2026-05-06', date: '2026-05-01' }, 'over already'],
  ['move', { meeting: '2026-05-06', time: '6' }, '**6** could not be read as a time'],
  ['move', { meeting: '2026-05-06', date: '2026-13-01' }, 'is not a day'],
  ['move', { meeting: '2026-05-06' }, 'at that time already'],
  ['move', { meeting: '2026-05-06', date: '2026-05-11', time: '17:00' }, 'Two meetings would overlap'],
  ['add', { date: '2026-05-06', time: '19:00' }, 'Two meetings would overlap'],
  // Beyond what is planned as rows, and named by the schedule all the same.
  ['add', { date: '2026-06-24', time: '19:00' }, 'Two meetings would overlap'],
  ['add', { date: '2026-05-04', time: '17:00' }, 'over already'],
  ['add', { date: '2026-04-31', time: '17:00' }, 'is not a day'],
  ['holiday', { date: 'Christmas' }, 'is not a day'],
  ['holiday', { date: '2026-05-03' }, 'over already'],
  ['holiday', { date: '2026-05-06', what: 'remove' }, 'is no holiday'],
];

describe('what cannot be', () => {
  it('is answered clearly, and leaves everything as it was', async () => {
    await set({ when: 'Mon Wed 18:00', weeks: 8 });
    await says('add', { date: '2026-05-09', time: '10:00' });
    const before = await everything();
    for (const [path, given, answer] of [
      ...BAD,
      // A meeting that was added by hand stands in the way of a schedule.
      ['set', { when: 'Sat 11:00' }, 'Two meetings would overlap'] as const,
    ]) {
      expect({ path, given, answer: await says(path, given) }).toEqual({
        path,
        given,
        answer: expect.stringContaining(answer),
      });
      expect({ path, given, left: await everything() }).toEqual({ path, given, left: before });
    }
  }, 120_000);
});

describe('one meeting', () => {
  it('is skipped after one more question, and taken up again by the button', async () => {
    await set({ when: 'Mon Wed 18:00' });
    const asked = await read('skip', { meeting: '2026-05-06 18:00' });
    expect(readable(asked)).toContain('Leave this meeting out?');
    expect(await walls()).toContain('2026-05-06T18:00');
    expect(await press(button(asked, 'Yes, leave it out'))).toContain('is left out');
    expect(await walls()).not.toContain('2026-05-06T18:00');
    expect(await says('skip', { meeting: '2026-05-06', sure: 'y' })).toContain('is skipped');
    expect(await says('show', {}, ANA)).toContain('Left out');
    await group.settle();
    await says('restore', { meeting: '2026-05-06 6pm' });
    expect(await walls()).toContain('2026-05-06T18:00');
    await group.settle();
    expect(group.said('group')).toEqual(['schedule-set', 'meetings-skipped', 'meetings-restored']);
  });

  it('comes to each of its milestones once, also when it was skipped and restored, or moved and moved back', async () => {
    await set({ when: 'Wed 18:00', weeks: 1 });
    await says('skip', { meeting: '2026-05-06', sure: 'y' });
    await says('restore', { meeting: '2026-05-06' });
    await says('move', { meeting: '2026-05-06', time: '20:00' });
    await says('move', { meeting: '2026-05-06', time: '18:00' });
    for (let hour = 0; hour < 60; hour += 1) {
      world.clock.pass(HOUR);
      await work();
      // Those of earlier plans end by themselves when their moment comes.
      if (hour > 24 && hour < 47) expect(await due()).toHaveLength(1);
    }
    expect(await due()).toEqual([]);
    expect((await all()).map(({ state }) => state)).toEqual(['not-held']);
  });

  it('is moved to another day and time, beyond what is planned as well, and is not made a second time', async () => {
    await set({ when: 'Mon Wed 18:00', weeks: 8 });
    expect(await says('move', { meeting: '2026-06-24', date: '2026-06-26', time: '10am' })).toContain(
      'is moved',
    );
    world.clock.pass(27 * DAY);
    await planAhead(world);
    await work();
    const late = (await walls()).filter((wall) => wall > '2026-06-23');
    expect(late).toEqual(['2026-06-26T10:00']);
    expect(await says('show')).toContain('Moved');
  });

  it('is added by hand, and left out again by its button', async () => {
    await set({ when: 'Mon 18:00' });
    const added = await read('add', { date: '2026-05-09', time: '10:30', minutes: '60' });
    expect(readable(added)).toContain('for 60 minutes');
    expect(await walls()).toContain('2026-05-09T10:30');
    await press(button(added, 'Leave it out again'));
    expect(await walls()).toContain('2026-05-09T10:30');
  });

  it('is kept from overlapping by whoever is first, when two are added at once', async () => {
    await set({ when: 'Mon 18:00' });
    const add = (time: string) => says('add', { date: '2026-05-09', time });
    const answers = await Promise.all([add('10:00'), add('10:30')]);
    expect(answers.filter((text) => text.includes('also meets'))).toHaveLength(1);
  });

  it('that has begun is neither skipped nor moved', async () => {
    await set({ when: 'Mon Wed 18:00' });
    world.clock.set(new Date('2026-05-06T16:10:00Z'));
    expect(await says('skip', { meeting: '2026-05-06', sure: 'y' })).toContain('has begun already');
    expect(await says('move', { meeting: '2026-05-06', date: '2026-05-07' })).toContain('has begun already');
  });
});

describe('a holiday', () => {
  it('leaves the meetings of its day out, planned or not yet, and gives them back', async () => {
    await set({ when: 'Mon Wed 18:00', weeks: 8 });
    expect(await says('holiday', { date: '2026-05-11' })).toContain('1 meeting is left out');
    expect(await says('holiday', { date: '2026-06-24' })).toContain('1 meeting is left out');
    expect(await says('holiday', { date: '2026-05-11' })).toContain('already');
    expect(await walls()).not.toContain('2026-05-11T18:00');
    const text = await says('show', {}, ANA);
    expect(text).toContain('11 May 2026');
    expect(text).toContain('Holidays');
    expect(await says('holiday', { date: '2026-05-11', what: 'remove' })).toContain('taken up again');
    expect(await walls()).toContain('2026-05-11T18:00');
    expect(await walls()).not.toContain('2026-06-24T18:00');
  });
});

describe('/schedule show', () => {
  it('tells the group the rule, the next six, both rules about clocks, and when the cycle ends', async () => {
    await set({ when: 'Mon 18:00', weeks: 12 });
    const text = await says('show', {}, ANA);
    expect(text).toContain('every Monday at 18:00');
    expect(text.match(/- Monday,? \d+ \w+ 2026, 18:00/g)).toHaveLength(6);
    expect(text).toContain('When clocks go forward');
    expect(text).toContain('comes twice');
    expect(text).toContain('The cycle ends on 26 July 2026');
  });

  it('says that there is none', async () => {
    const text = await says('show', {}, ANA);
    expect(text).toContain('has no schedule');
    expect(text).not.toContain('ended');
  });

  it('says when the last cycle ended once it is over, whenever that was noticed', async () => {
    await set({ when: 'Mon Wed 18:00', weeks: 2 });
    world.clock.set(new Date('2026-05-20T10:00:00Z'));
    await planAhead(world);
    await work();
    expect(await running()).toBeUndefined();
    expect(await says('show', {}, ANA)).toContain('Its last cycle ended on 17 May 2026');
  });

  it('says on which day the last cycle was ended before its time', async () => {
    await set({ when: 'Mon Wed 18:00', weeks: 8 });
    // In Madrid it is the next day already.
    world.clock.set(new Date('2026-05-07T22:30:00Z'));
    await says('end', { sure: 'y' });
    expect(await says('show', {}, ANA)).toContain('Its last cycle ended on 8 May 2026');
    await says('add', { date: '2026-05-09', time: '10:00' });
    expect(await says('show', {}, ANA)).toContain('The last cycle ended on 8 May 2026');
  });
});

describe('/schedule end', () => {
  it('asks once more, leaves out what was planned, and keeps what was added and what has been', async () => {
    await set({ when: 'Mon Wed 18:00', weeks: 8 });
    await says('add', { date: '2026-05-09', time: '10:00' });
    world.clock.set(new Date('2026-05-07T10:00:00Z'));
    await work();
    const asked = await read('end');
    expect(readable(asked)).toContain('1 meeting that was added by hand stays');
    await press(button(asked, 'Yes, end the schedule'));
    expect(await walls()).toEqual(['2026-05-09T10:00']);
    expect(await running()).toBeUndefined();
    expect((await all())[0]?.state).toBe('not-held');
    expect(await says('end', { sure: 'y' })).toContain('has no schedule');
  });

  it('comes with the end of the group', async () => {
    await set({ when: 'Mon Wed 18:00' });
    await group.people.read(ADMIN, 'cohort archive', { given: { cohort: NAME, sure: 'yes' } });
    expect(await ahead()).toEqual([]);
    expect(await running()).toBeUndefined();
    expect(new Set((await all()).map(({ state }) => state))).toEqual(new Set(['skipped']));
  });
});
