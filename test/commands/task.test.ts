/** Looking after somebody who did not come. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { ADMIN, ANA, BEN, CLEO, CO_FACILITATOR, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { aMeeting } from '../world/meeting.ts';
import { type TestWorld, testWorld } from '../world.ts';

const THERAPIST = '100000000000000031';
const SUPERVISOR = '100000000000000032';
const DORA = '100000000000000033';

let world: TestWorld;
let group: Group;
let made = 0;

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  made += 1;
  world.discord.closedDms.clear();
  group = await aGroup(world, `Harbour ${made}`);
  const given = { cohort: group.cohort.name };
  await group.says(ADMIN, 'cohort therapist', { given: { ...given, person: CLEO, therapist: THERAPIST } });
  await group.says(ADMIN, 'cohort supervisor', { given: { ...given, person: SUPERVISOR } });
});

/** A session to which these come. */
const hold = async (...accounts: readonly string[]) => {
  world.clock.pass(DAY);
  group.inVoice(...accounts);
  await group.says(LEAD, 'session open');
  world.clock.pass(HOUR);
  await group.says(LEAD, 'session end');
};
const ask = (account: string, path: string, given: Record<string, unknown> = {}) =>
  group.says(account, path, { given: { cohort: group.cohort.name, ...given } });
const open = async () =>
  (await world.store.records.tasks.open(group.cohort.id)).map(({ number, kind, person, assignee }) => [
    number,
    kind,
    person.account,
    assignee.account,
  ]);

describe('somebody who did not come, and had not told', () => {
  it('is looked after by their therapist, and the staff’s room learns no name', async () => {
    await hold(ANA, BEN);
    await group.settle();
    expect(await open()).toEqual([[1, 'no-show', CLEO, THERAPIST]]);
    expect(world.discord.notices.at(-1)).toMatchObject({ account: THERAPIST, notice: { kind: 'task' } });
    expect(group.said('staff').filter((kind) => kind === 'task-opened')).toHaveLength(1);
    expect(group.said('group')).not.toContain('task-opened');
  });

  it('twice in a row is looked after by the supervisor, too, and once until it is settled', async () => {
    await hold(ANA, BEN);
    await hold(ANA, BEN);
    expect((await open()).slice(1)).toEqual([
      [2, 'no-show', CLEO, THERAPIST],
      [3, 'no-shows-in-a-row', CLEO, SUPERVISOR],
    ]);
    await hold(ANA, BEN);
    expect((await open()).slice(3)).toEqual([[4, 'no-show', CLEO, THERAPIST]]);
    await ask(SUPERVISOR, 'task done', { task: '3', outcome: 'looked-after' });
    await hold(ANA, BEN);
    expect((await open()).slice(3)).toEqual([
      [5, 'no-show', CLEO, THERAPIST],
      [6, 'no-shows-in-a-row', CLEO, SUPERVISOR],
    ]);
  });

  it('as often as the policy says', async () => {
    await ask(ADMIN, 'cohort policy', { 'supervisor-after': 3 });
    await hold(ANA, BEN);
    await hold(ANA, BEN);
    expect((await open()).map(([, kind]) => kind)).toEqual(['no-show', 'no-show']);
  });

  it('starts anew when they came, or were excused by a facilitator', async () => {
    await hold(ANA, BEN);
    await ask(LEAD, 'attendance mark', { person: CLEO, status: 'excused', reason: 'called us' });
    await hold(ANA, BEN);
    expect((await open()).map(([, kind]) => kind)).toEqual(['no-show', 'no-show']);
  });

  it('is told to the lead where there is no supervisor, by name in their room when they take no messages', async () => {
    world.discord.closedDms.add(LEAD).add(THERAPIST);
    await hold(BEN, CLEO);
    await group.settle();
    expect(await open()).toEqual([[1, 'no-show', ANA, LEAD]]);
    expect(world.discord.notices.at(-1)).toMatchObject({ account: LEAD, channelId: group.room('staff') });
    await hold(ANA, BEN);
    await group.settle();
    expect(world.log.entries.at(-1)).toMatchObject({ event: 'notice-dropped', why: 'closed' });
    expect(JSON.stringify(world.log.entries)).not.toMatch(new RegExp(`${CLEO}|${THERAPIST}`));
  });

  it('is let be when they have left the group by then', async () => {
    await group.says(LEAD, 'session open');
    await ask(ADMIN, 'cohort discharge', { person: CLEO, sure: 'yes' });
    world.clock.pass(HOUR);
    await group.says(LEAD, 'session end');
    expect((await open()).map(([, , person]) => person)).toEqual([ANA, BEN]);
  });

  it('is not missed when Hearth itself kept them out, since they have not signed again', async () => {
    await group.says(ADMIN, 'cohort enrol', { given: { cohort: group.cohort.name, person: DORA } });
    await hold(ANA, BEN, CLEO);
    await hold(ANA, BEN, CLEO);
    expect(await open()).toEqual([]);
  });

  it('is not missed when they left after the lobby said that nothing is counted against anybody', async () => {
    const meeting = await aMeeting(world, group.cohort, new Date(+world.clock.now() + DAY));
    world.clock.set(new Date(+meeting.startsAt + group.cohort.settings.leadPatienceMinutes * MINUTE));
    group.inVoice(ANA, BEN);
    await group.says(CO_FACILITATOR, 'session open');
    world.clock.pass(HOUR);
    await group.says(LEAD, 'session end');
    expect(await open()).toEqual([]);
  });

  it('is not missed in a session that was opened by mistake', async () => {
    await group.says(LEAD, 'session open');
    world.clock.pass(9 * MINUTE);
    await group.says(LEAD, 'session end');
    expect(await open()).toEqual([]);
  });
});

describe('a task', () => {
  beforeEach(() => hold(ANA, BEN));

  it('is seen by whom it is for and by the lead, and by nobody else', async () => {
    for (const account of [THERAPIST, LEAD]) {
      expect(await ask(account, 'task list')).toContain(`**1**: <@${CLEO}> was not there`);
      expect(await ask(account, 'task show', { task: '1' })).toContain('Considered the emergency contact');
    }
    for (const account of [CO_FACILITATOR, SUPERVISOR]) {
      expect(await ask(account, 'task list')).toBe('Nothing waits for you here.');
      expect(await ask(account, 'task show', { task: '1' })).toContain('No task of yours');
    }
    for (const account of [ANA, CLEO, ADMIN]) {
      expect(await ask(account, 'task list')).toContain('Only the facilitators');
    }
    expect(await ask(OUTSIDER, 'task list')).toContain('No group of yours');
  });

  it('keeps who ticked what and when: the first tick stays', async () => {
    expect(await ask(THERAPIST, 'task tick', { task: '1', item: 'phoned' })).toContain(
      `Done: Tried to reach them by phone (<@${THERAPIST}>`,
    );
    world.clock.pass(MINUTE);
    await Promise.all(
      [LEAD, THERAPIST].map((account) => ask(account, 'task tick', { task: '1', item: 'phoned' })),
    );
    const task = await world.store.records.tasks.byNumber(group.cohort.id, 1);
    expect(task?.ticks).toMatchObject([{ item: 'phoned', by: THERAPIST }]);
    expect(await ask(LEAD, 'task tick', { task: '1', item: 'thanked' })).toContain('not on the list');
  });

  it('is settled once, and stays as it was settled', async () => {
    const settle = (account: string, outcome: string) => ask(account, 'task done', { task: '1', outcome });
    const both = await Promise.all([settle(LEAD, 'not-needed'), settle(THERAPIST, 'not-reached')]);
    expect(both.filter((text) => text.includes('settled already'))).toHaveLength(1);
    expect(await open()).toEqual([]);
    expect(await ask(LEAD, 'task tick', { task: '1', item: 'phoned' })).toContain('settled already');
    expect(await ask(LEAD, 'task show', { task: '1' })).toMatch(/Settled\n(Not needed|Could not reach them)/);
  });

  it('is not found under what is no number', async () => {
    for (const task of ['0', 'one', '-1', '99', '1.0', '٣']) {
      expect(await ask(LEAD, 'task show', { task })).toContain('No task of yours');
    }
  });

  it('is told no more once it is settled', async () => {
    const before = world.discord.notices.length;
    await ask(LEAD, 'task done', { task: '1', outcome: 'looked-after' });
    await group.settle();
    expect(world.discord.notices).toHaveLength(before);
  });
});
