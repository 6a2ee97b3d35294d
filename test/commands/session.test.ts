/** Leading a session from its opening to its end. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Board, SessionCard } from '../../src/core/board.ts';
import { MINUTE, SECOND } from '../../src/core/time.ts';
import { wordsFor } from '../../src/words/index.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, CO_FACILITATOR, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group, groupIn } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
let made = 0;
const words = wordsFor('en');

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  made += 1;
  group = await aGroup(world, `Harbour ${made}`);
});

const lead = (path: string, given: Record<string, unknown> = {}) => group.says(LEAD, path, { given });
const open = async () => {
  await lead('session open');
  await group.settle();
};
const unfinished = () => world.store.records.sessions.unfinished(group.cohort.id);
const step = async () => (await unfinished())?.step;
const lastCard = (): SessionCard | undefined => group.boards('session-card').at(-1);
const phaseShown = () => {
  const card = lastCard();
  return card?.state === 'ended' ? undefined : card?.phase;
};
const buttonsOf = (board: Board | undefined) => (board ? (words.board(board).actions?.flat() ?? []) : []);
const press = async (account: string, label: string, buttons = buttonsOf(group.boards('staff-panel')[0])) => {
  const found = buttons.find((action) => action.label === label);
  if (!found) throw new Error(`the panel has no button ${label}`);
  expect(found.disabled ?? false).toBe(false);
  return group.people.press(account, found, { channelId: group.room('staff') });
};
const told = (reply: Awaited<ReturnType<typeof press>>) => (reply.kind === 'ask' ? '' : readable(reply.card));

describe('a session', () => {
  it('goes through every phase of its agenda, and ends with attendance', async () => {
    group.inVoice(ANA, BEN, LEAD);
    await open();
    const session = await unfinished();
    const phases = [phaseShown()];
    for (const _step of session?.agenda.slice(1) ?? []) {
      world.clock.pass(5 * MINUTE);
      await lead('session next');
      await group.settle();
      phases.push(phaseShown());
    }
    expect(phases).toEqual(session?.agenda.map(({ phase }) => phase));
    expect(await lead('session next')).toContain('last part');
    expect(await lead('session end')).toContain('has ended');
    await group.settle();
    const attendance = await world.store.records.attendances.ofSession(session?.id ?? '');
    expect(attendance.map(({ person, status }) => [person.account, status])).toEqual([
      [ANA, 'present'],
      [BEN, 'present'],
      [CLEO, 'no-show'],
    ]);
    expect(group.boards('session-card')).toMatchObject([{ state: 'ended', number: 1 }]);
    expect(group.said('group')).toEqual([
      'session-opened',
      ...phases.slice(1).map(() => 'phase-entered'),
      'session-ended',
    ]);
  });

  it('closes the roster with the first', async () => {
    await open();
    const cohort = await world.store.records.cohorts.byId(group.cohort.id);
    expect(cohort?.begunAt).toEqual(world.clock.now());
    const given = { cohort: group.cohort.name, person: OUTSIDER };
    expect(await group.says(ADMIN, 'cohort enrol', { given })).toContain('roster is closed');
  });

  it('is the only one of its group until it has ended', async () => {
    await open();
    expect(await lead('session open')).toContain('still open');
    await lead('session end');
    expect(await lead('session open')).toContain('Session 2 is open');
  });

  it('takes the next topic of the programme, or the one that is named', async () => {
    const topics = world.catalogue.topics().filter(({ groupType }) => groupType === 'support');
    await open();
    expect((await unfinished())?.topicId).toBe(topics[0]?.id);
    await lead('session end');
    await lead('session open');
    expect((await unfinished())?.topicId).toBe(topics[1]?.id);
    await lead('session end');
    await lead('session open', { topic: topics[0]?.id });
    expect((await unfinished())?.topicId).toBe(topics[0]?.id);
  });

  it('refuses a topic that is not of this kind of group', async () => {
    const other = world.catalogue.topics().find(({ groupType }) => groupType === 'skills');
    for (const topic of [other?.id, 'nothing-of-this-name']) {
      expect(await lead('session open', { topic })).toContain('no topic of that name');
    }
    expect(await unfinished()).toBeUndefined();
  });

  it('keeps who did what', async () => {
    await open();
    await group.says(CO_FACILITATOR, 'session skip');
    const events = await world.store.records.sessions.events((await unfinished())?.id ?? '');
    expect(events.map(({ event }) => event)).toMatchObject([
      { kind: 'opened' },
      { kind: 'phase-entered', step: 0 },
      { kind: 'phase-left', step: 0, how: 'skipped' },
      { kind: 'phase-entered', step: 1 },
    ]);
  });

  it('is led by staff only, and there is none to lead before it was opened', async () => {
    expect(await lead('session next')).toContain('no session open');
    expect(await lead('session end')).toContain('no session open');
    for (const account of [ANA, ADMIN]) {
      expect(await group.says(account, 'session open')).toContain('Only the facilitators');
    }
    expect(await group.says(OUTSIDER, 'session open')).toContain('No group of yours');
  });
});

describe('two facilitators who press at once', () => {
  it('move on by one phase, not by two', async () => {
    await open();
    const buttons = buttonsOf(group.boards('staff-panel')[0]);
    const replies = await Promise.all([press(LEAD, 'Next', buttons), press(CO_FACILITATOR, 'Next', buttons)]);
    expect(await step()).toBe(1);
    expect(replies.map(({ kind }) => kind).toSorted()).toEqual(['done', 'tell']);
    expect(replies.map(told).join()).toContain('was already in');
    await group.settle();
    expect(group.said('group')).toEqual(['session-opened', 'phase-entered']);
  });

  it('open one session', async () => {
    const replies = await Promise.all([
      press(LEAD, 'Open the next session'),
      press(CO_FACILITATOR, 'Open the next session'),
    ]);
    expect(replies.map(({ kind }) => kind).toSorted()).toEqual(['done', 'tell']);
    expect(await world.store.records.sessions.count(group.cohort.id)).toBe(1);
  });

  it('end it once, with one attendance for each', async () => {
    await open();
    await Promise.all([lead('session end'), group.says(CO_FACILITATOR, 'session end')]);
    const ended = await world.store.records.sessions.lastEnded(group.cohort.id);
    expect(await world.store.records.attendances.ofSession(ended?.id ?? '')).toHaveLength(3);
    await group.settle();
    expect(group.said('group')).toEqual(['session-opened', 'session-ended']);
  });
});

describe('ending before the last phase', () => {
  it('is asked about when it is pressed', async () => {
    await open();
    const asked = await press(LEAD, 'End');
    expect(told(asked)).toContain('End the session now?');
    expect(await unfinished()).toBeDefined();
    if (asked.kind !== 'tell') throw new Error('nothing was asked');
    expect(told(await press(LEAD, 'Yes, end it', asked.card.actions?.flat() ?? []))).toContain('has ended');
    expect(await unfinished()).toBeUndefined();
  });

  it('is done at once in the last phase', async () => {
    await open();
    for (const _step of (await unfinished())?.agenda.slice(1) ?? []) await lead('session next');
    await group.settle();
    await press(LEAD, 'End');
    expect(await unfinished()).toBeUndefined();
  });
});

describe('staff are warned', () => {
  const untilEnd = async () => {
    const session = await unfinished();
    if (session?.state !== 'running') throw new Error('the session is not running');
    return session.plannedEndAt.getTime() - world.clock.now().getTime();
  };

  it('two minutes before the planned end, once, and nothing moves', async () => {
    await open();
    const until = await untilEnd();
    world.clock.pass(until - 2 * MINUTE - SECOND);
    await group.settle();
    expect(group.said('staff')).toEqual([]);
    world.clock.pass(SECOND);
    await group.settle();
    world.clock.pass(20 * MINUTE);
    await group.settle();
    expect(group.said('staff')).toEqual(['phase-ending']);
    expect(await step()).toBe(0);
  });

  it.each([
    ['moved on', 'session next'],
    ['was paused', 'session pause'],
    ['has ended', 'session end'],
  ])('not when the session %s', async (_what, path) => {
    await open();
    const until = await untilEnd();
    world.clock.pass(until - 2 * MINUTE - SECOND);
    await lead(path);
    await group.settle();
    world.clock.pass(SECOND);
    await group.settle();
    expect(group.said('staff')).toEqual([]);
  });

  it('at the new time after the phase was extended, and again after a pause', async () => {
    await open();
    await lead('session extend', { minutes: 10 });
    world.clock.pass(5 * MINUTE);
    await group.settle();
    expect(group.said('staff')).toEqual([]);
    await lead('session pause');
    world.clock.pass(60 * MINUTE);
    await group.settle();
    expect(group.said('staff')).toEqual([]);
    await lead('session resume');
    world.clock.pass((await untilEnd()) - 2 * MINUTE);
    await group.settle();
    expect(group.said('staff')).toEqual(['phase-ending']);
  });
});

describe('a restart', () => {
  it('in any phase goes on at the same phase, with one card, and says everything once', async () => {
    await open();
    const agenda = (await unfinished())?.agenda ?? [];
    for (const [index, { phase }] of agenda.entries()) {
      if (index > 0) await lead('session next');
      world = await world.restart();
      group = await groupIn(world, group.cohort.name);
      await group.settle();
      expect(await step()).toBe(index);
      expect(phaseShown()).toBe(phase);
    }
    await lead('session pause');
    world = await world.restart();
    group = await groupIn(world, group.cohort.name);
    expect((await unfinished())?.state).toBe('paused');
    await lead('session resume');
    await lead('session end');
    await group.settle();
    expect(group.boards('session-card')).toHaveLength(1);
    expect(group.said('group')).toEqual([
      'session-opened',
      ...agenda.slice(1).map(() => 'phase-entered'),
      'paused',
      'resumed',
      'session-ended',
    ]);
  });
});
