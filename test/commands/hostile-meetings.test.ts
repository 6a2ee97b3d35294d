/** Forged buttons with the ids of what belongs to another group, or to somebody else, in a room and in direct messages. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Request } from '../../src/command.ts';
import { MINUTE } from '../../src/core/time.ts';
import { runSql } from '../postgres.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { aMeeting } from '../world/meeting.ts';
import { type TestWorld, testWorld } from '../world.ts';

const ELSEWHERE = '100000000000000051';
const LEAD_ELSEWHERE = '100000000000000052';
const HELPER_ELSEWHERE = '100000000000000053';
const THERAPIST = '100000000000000054';
const SUPERVISOR = '100000000000000055';
const DISCHARGED = '100000000000000056';
const SECRET = 'my mother is in hospital';

let world: TestWorld;
let group: Group;
let ids: Readonly<Record<'meeting' | 'individual' | 'makeUp' | 'individualAt', string>>;

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Harbour', { signed: [ANA, BEN] });
  const admin = (path: string, given: Record<string, unknown>) =>
    group.people.read(ADMIN, `cohort ${path}`, { given });
  const staff = { lead: LEAD_ELSEWHERE, 'co-facilitator': HELPER_ELSEWHERE };
  await admin('create', { name: 'Meadow', type: 'support', ...staff });
  await admin('enrol', { cohort: 'Meadow', person: ELSEWHERE });
  await admin('enrol', { cohort: 'Harbour', person: DISCHARGED });
  await admin('discharge', { cohort: 'Harbour', person: DISCHARGED, sure: 'yes' });
  await admin('therapist', { cohort: 'Harbour', person: ANA, therapist: THERAPIST });
  await admin('supervisor', { cohort: 'Harbour', person: SUPERVISOR });
  await group.settle();
  await group.people.read(ELSEWHERE, 'agreement sign', { given: { confirm: 'I agree' } });
  group.inVoice(BEN);
  await group.says(LEAD, 'session open');
  world.clock.pass(90 * MINUTE);
  await group.says(LEAD, 'session end');
  const meeting = await aMeeting(world, group.cohort, new Date('2026-05-20T16:00:00Z'));
  await group.says(LEAD, 'individual schedule', {
    given: { person: ANA, date: '2026-05-21', time: '10:00' },
  });
  await group.says(LEAD, 'make-up offer', {
    given: { person: ANA, kind: 'individual', date: '2026-05-22', time: '10:00' },
  });
  await group.says(ANA, 'absence tell', { given: { meeting: meeting.id, reason: SECRET } });
  await group.settle();
  const ahead = await world.store.records.occurrences.ahead(group.cohort.id, world.clock.now());
  const own = ahead.find(({ individual }) => individual) ?? expect.fail('no time of two is planned');
  const makeUps = await world.store.records.makeUps.ofCohort(group.cohort.id);
  const makeUp = makeUps.find(({ state }) => state === 'offered') ?? expect.fail('nothing is offered');
  ids = {
    meeting: meeting.id,
    individual: own.id,
    makeUp: makeUp.id,
    individualAt: String(own.startsAt.getTime() / 1_000),
  };
}, 120_000);
afterAll(() => world.close());

const forged = (): readonly (readonly [string, Request['given']])[] => [
  ['rsvp', { meeting: ids.meeting, answer: 'coming' }],
  ['absence tell', { meeting: ids.meeting, reason: 'x' }],
  ['absence withdraw', { meeting: ids.meeting }],
  ['schedule skip', { meeting: ids.meeting, sure: 'y' }],
  ['schedule move', { meeting: ids.meeting, time: '19:00' }],
  ['schedule end', { sure: 'y' }],
  ['individual cancel', { meeting: ids.individual, sure: 'yes' }],
  ['individual end', { meeting: ids.individual, sure: 'yes' }],
  ['make-up answer', { offer: ids.makeUp, answer: 'accept' }],
  ['make-up answer', { offer: ids.makeUp, answer: 'decline' }],
  ['task list', {}],
  ['task show', { task: '1' }],
  ['task tick', { task: '1', item: 'phoned' }],
  ['task done', { task: '1', outcome: 'looked-after' }],
  ['reminders choose', { direct: 'yes' }],
  ['attendance report', {}],
  ['calendar link', {}],
];

/** Everything that a forged press could have changed. */
const everything = async () => {
  const tables = [
    ...['occurrence', 'make_up', 'task', 'task_tick', 'rsvp', 'schedule', 'contact_preference'],
    ...['notice', 'attendance', 'calendar_feed', 'pair'],
  ];
  const there = await runSql(
    world.url,
    `SELECT table_name FROM information_schema.tables WHERE table_name = ANY('{${tables.join(',')}}')`,
  );
  const columns = there.rows.map(
    ({ table_name: name }) => `(SELECT json_agg(t ORDER BY t::text) FROM "${name}" t) AS "${name}"`,
  );
  return (await runSql(world.url, `SELECT ${columns.join(', ')}`)).rows;
};

const press = async (account: string, path: string, given: Request['given'], direct: boolean) => {
  const where = direct
    ? ({ direct: true, guildId: '', channelId: 'a direct message' } as const)
    : { channelId: group.room('group') };
  const reply = await group.people.ask(account, path, { via: 'press', given, ...where });
  return reply.kind === 'ask' ? reply.form.title : readable(reply.card);
};

describe('a forged press with the ids of a group', () => {
  it.each([
    ['somebody of no group', OUTSIDER],
    ['a participant of another group', ELSEWHERE],
    ['a facilitator of another group', LEAD_ELSEWHERE],
    ['somebody who was discharged', DISCHARGED],
  ])('by %s changes nothing and tells nothing', async (_who, account) => {
    const before = await everything();
    for (const [path, given] of forged()) {
      for (const direct of [true, false]) {
        const said = await press(account, path, { ...given, cohort: group.cohort.id }, direct);
        expect(said, path).toMatch(/No group of yours|works inside the server/);
        expect(said).not.toMatch(new RegExp(`${ANA}|${ids.individualAt}|Harbour`));
      }
    }
    expect(await everything()).toEqual(before);
  });

  it('by a participant reaches nothing of another, nor of the staff', async () => {
    const before = await everything();
    const own = [
      'rsvp',
      'absence tell',
      'absence withdraw',
      'reminders choose',
      'calendar link',
      'attendance report',
    ];
    for (const account of [BEN, CLEO]) {
      for (const [path, given] of forged().filter(([each]) => !own.includes(each))) {
        const said = await press(account, path, { ...given, cohort: group.cohort.id }, false);
        expect(said).not.toMatch(new RegExp(`${ANA}|${ids.individualAt}`));
      }
      const answer = { meeting: ids.individual, answer: 'coming' };
      expect(await press(account, 'rsvp', answer, false)).not.toContain(ids.individualAt);
    }
    expect(await everything()).toEqual(before);
  });

  it('that names the meeting of another group within one’s own finds none', async () => {
    const before = await everything();
    const meadow = (await world.store.records.cohorts.ofAccount(group.cohort.guildId, LEAD_ELSEWHERE))[0];
    for (const [path, given] of forged().filter(([each]) =>
      /^(schedule (skip|move)|individual|task (show|tick|done))/.test(each),
    )) {
      const said = await press(LEAD_ELSEWHERE, path, { ...given, cohort: meadow?.id }, false);
      expect(said, path).not.toMatch(new RegExp(`${ANA}|${ids.individualAt}`));
    }
    expect(await everything()).toEqual(before);
  });

  it.each([
    ['the supervisor', SUPERVISOR],
    ['an admin who is not staff', ADMIN],
  ])('by %s reaches no time of two, no make-up and no task of others', async (_who, account) => {
    const before = await everything();
    for (const [path, given] of forged().filter(([each]) =>
      /^(individual|make-up|task (show|tick|done)|rsvp|absence)/.test(each),
    )) {
      const said = await press(account, path, { ...given, cohort: group.cohort.id }, false);
      expect(said, path).not.toMatch(new RegExp(`${ANA}|${ids.individualAt}`));
    }
    expect(await everything()).toEqual(before);
  });
});

describe('why somebody cannot come', () => {
  it('is shown to their therapist, and to nobody else by any way of reading', async () => {
    const number = (await world.store.records.tasks.open(group.cohort.id)).find(
      ({ kind }) => kind === 'absence-told',
    )?.number;
    const task = { task: String(number), cohort: group.cohort.id };
    expect(await press(THERAPIST, 'task show', task, true)).toContain(SECRET);
    const readers = [LEAD, SUPERVISOR, ADMIN, BEN];
    for (const path of [
      'task list',
      'task show',
      'attendance report',
      'attendance show',
      'reminders overview',
      'make-up list',
      'cohort show',
      'admin failures',
    ]) {
      for (const account of readers)
        expect(await press(account, path, task, false), path).not.toContain(SECRET);
    }
  });

  it('stands in no log, no job, no message and no column that is not sealed', async () => {
    await group.settle();
    const { messages, said, notices } = world.discord;
    expect(JSON.stringify([world.log.entries, [...messages.values()], said, notices])).not.toContain(SECRET);
    const names = await runSql(
      world.url,
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
    );
    for (const { table_name: name } of names.rows) {
      const { rows } = await runSql(world.url, `SELECT t::text AS row FROM "${name}" t`);
      expect(rows.map(({ row }) => row).join('\n'), name).not.toContain(SECRET);
    }
  });
});
