/** Exercises and paced breathing: led by staff, read and heard by the group, and by oneself in private. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { playNow } from '../../src/app/play-now.ts';
import type { ExerciseCard } from '../../src/core/board.ts';
import { MINUTE, SECOND } from '../../src/core/time.ts';
import { wordsFor } from '../../src/words/index.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, CO_FACILITATOR, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
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
  group = await aGroup(world, `Willow ${made}`);
  group.inVoice(ANA, BEN, CLEO, LEAD);
});

const lead = (path: string, given = {}) => group.says(LEAD, path, { given });
const opened = () => lead('session open');
const card = async (): Promise<ExerciseCard> => {
  await group.settle();
  const stands = group.boards('exercise-card');
  if (!stands[0] || stands.length > 1) throw new Error(`${stands.length} cards of exercises stand`);
  return stands[0];
};
const text = async () => readable(words.board(await card()));
const session = async () => (await world.store.records.sessions.unfinished(group.cohort.id))?.id ?? '';
const heard = async () => {
  const cohort = await world.store.records.cohorts.byId(group.cohort.id);
  return cohort && playNow(world, await session(), cohort, world.clock.now());
};
const panel = async () => {
  await group.settle();
  return words.board(group.boards('staff-panel')[0] ?? (await card()));
};
const press = async (label: string) => {
  const action = (await panel()).actions?.flat().find((each) => each.label === label);
  if (!action) throw new Error(`there is no button ${label}`);
  return group.people.press(LEAD, action, { channelId: group.room('staff') });
};

describe('an exercise with the group', () => {
  beforeEach(opened);

  it('stands in the group room in words, from its beginning to its end', async () => {
    expect(await lead('exercise start', { name: 'five-senses' })).toContain('It goes on until');
    const shown = await text();
    expect(shown).toContain('Five senses');
    expect(shown).toContain('**1:00** Name four things that you can feel');
    expect(shown).toContain('you may stop at any time, keep your eyes open, breathe as usual');
    expect((await card()).now).toEqual({
      state: 'playing',
      endsAt: new Date(world.clock.now().getTime() + 4 * MINUTE),
    });
    world.clock.pass(4 * MINUTE);
    expect((await card()).now).toEqual({ state: 'over', endedAt: world.clock.now() });
    expect(await text()).toContain('It is **over**');
    expect(await heard()).toBeUndefined();
  });

  it('is told as a rhythm when it is a breath', async () => {
    await lead('breathe start', { minutes: 2 });
    expect(await text()).toContain('**In for 4, out for 6.**');
    expect(await text()).toContain('12 breaths, 2:08 minutes in all');
    await lead('exercise stop');
    await lead('breathe start', { pattern: 'box', minutes: 1 });
    expect(await text()).toContain('**In for 4, hold for 4, out for 4, rest for 4.**');
  });

  it('sounds from where it is, stands still in a pause, and goes on from there', async () => {
    await lead('breathe start');
    world.clock.pass(20 * SECOND);
    expect(await heard()).toMatchObject({
      state: 'playing',
      positionMs: 20 * SECOND,
      sound: { kind: 'score' },
    });
    const before = (await heard())?.id;
    await press('Pause the exercise');
    expect((await card()).now).toEqual({ state: 'paused', leftMs: 3 * MINUTE + 8 * SECOND - 20 * SECOND });
    world.clock.pass(5 * MINUTE);
    expect(await heard()).toMatchObject({ state: 'paused', positionMs: 20 * SECOND });
    await group.settle();
    expect((await card()).now.state).toBe('paused');
    await press('Resume the exercise');
    world.clock.pass(10 * SECOND);
    expect(await heard()).toMatchObject({ id: before, state: 'playing', positionMs: 30 * SECOND });
    await press('Stop the exercise');
    expect((await card()).now.state).toBe('over');
    expect((await panel()).actions?.flat().map(({ label }) => label)).not.toContain('Stop the exercise');
  });

  it('is one at a time, and the next has a card of its own in the place of the one before', async () => {
    await lead('breathe start');
    expect(await lead('exercise start', { name: 'pause' })).toContain('Something is going on already');
    const first = (await card()).playbackId;
    const stood = [...world.discord.messages.values()].find(({ board }) => board.kind === 'exercise-card');
    await lead('exercise stop');
    await lead('exercise start', { name: 'pause' });
    expect((await card()).playbackId).not.toBe(first);
    const stands = [...world.discord.messages.values()].filter(
      ({ board, channelId }) => board.kind === 'exercise-card' && channelId === group.room('group'),
    );
    expect(stands).toHaveLength(1);
    expect(stands[0]?.messageId).not.toBe(stood?.messageId);
  });

  it('of two that are started at once, one goes on', async () => {
    const answers = await Promise.all([
      group.says(LEAD, 'breathe start'),
      group.says(CO_FACILITATOR, 'exercise start', { given: { name: 'pause' } }),
    ]);
    expect(answers.filter((answer) => answer.includes('It goes on until'))).toHaveLength(1);
    expect(answers.filter((answer) => answer.includes('Something is going on already'))).toHaveLength(1);
  });

  it('a button that was shown for an exercise does nothing to the next', async () => {
    await lead('breathe start');
    const stop = (await panel()).actions?.flat().find(({ label }) => label === 'Stop the exercise');
    await lead('exercise stop');
    await lead('exercise start', { name: 'pause' });
    if (!stop) throw new Error('no button');
    const reply = await group.people.press(LEAD, stop, { channelId: group.room('staff') });
    expect(reply.kind !== 'ask' && readable(reply.card)).toContain('Nothing is going on');
    expect((await card()).now.state).toBe('playing');
  });

  it('pauses with the session, and goes on with it', async () => {
    await lead('breathe start');
    world.clock.pass(30 * SECOND);
    await lead('session pause');
    expect((await card()).now.state).toBe('paused');
    expect(await lead('exercise resume')).toContain('The session is paused');
    world.clock.pass(MINUTE);
    await lead('session resume');
    expect(await heard()).toMatchObject({ state: 'playing', positionMs: 30 * SECOND });
  });

  it('stays paused when the session goes on, if a facilitator had paused it', async () => {
    await lead('breathe start');
    await lead('exercise pause');
    await lead('session pause');
    await lead('session resume');
    expect((await card()).now.state).toBe('paused');
  });

  it('stops when the group leaves the part in which it began, and when the session ends', async () => {
    await lead('breathe start');
    expect((await card()).now.state).toBe('playing');
    await lead('session next');
    expect((await card()).now.state).toBe('over');
    await lead('breathe start');
    expect((await card()).now.state).toBe('playing');
    const id = await session();
    await lead('session end');
    expect((await card()).now.state).toBe('over');
    expect(await world.store.records.playbacks.lastOf(id)).toMatchObject({ how: 'session-ended' });
  });

  it('is on the card alone where the group wants no sounds', async () => {
    const { cohorts } = world.store.records;
    const cohort = await cohorts.byId(group.cohort.id);
    if (!cohort) throw new Error('no group');
    await cohorts.save({ ...cohort, settings: { ...cohort.settings, exerciseSounds: false } });
    await lead('breathe start');
    expect(await heard()).toBeUndefined();
    expect(await text()).not.toContain('a tone rises');
    expect(await text()).toContain('In for 4');
  });

  it('goes on as it began after a crash', async () => {
    await lead('breathe start', { minutes: 5 });
    world.clock.pass(MINUTE);
    world = await world.restart();
    const play = await playNow(world, await session(), group.cohort, world.clock.now());
    expect(play).toMatchObject({ state: 'playing', positionMs: MINUTE });
  });

  it('is no matter of participants, nor of anybody outside', async () => {
    for (const account of [ANA, ADMIN]) {
      expect(await group.says(account, 'breathe start')).toContain('Only the facilitators');
      expect(await group.says(account, 'exercise stop')).toContain('Only the facilitators');
    }
    expect(await group.says(OUTSIDER, 'breathe alone')).toContain('No group of yours');
    await group.settle();
    expect(group.boards('exercise-card')).toEqual([]);
  });

  it('that the programme does not have is refused', async () => {
    expect(await lead('exercise start', { name: 'hyperventilate' })).toContain('no exercise of that name');
    expect(await lead('breathe start', { pattern: 'body-scan' })).toContain('no exercise of that name');
  });
});

describe('breathing by oneself', () => {
  it('is told in private, at any time, and nothing is kept of it', async () => {
    const jobs = (await world.jobs()).length;
    const reply = await group.people.ask(ANA, 'breathe alone', { channelId: group.room('group') });
    expect(reply).toMatchObject({ kind: 'tell' });
    expect(reply.kind === 'tell' && readable(reply.card)).toContain('In for 4, out for 6.');
    expect(await group.says(BEN, 'breathe alone', { given: { pattern: 'box' } })).toContain('hold for 4');
    expect(await world.jobs()).toHaveLength(jobs);
  });
});

describe('the exercises that there are', () => {
  it('are listed for staff, each with what it is', async () => {
    const list = await lead('exercise list');
    for (const { title, about } of world.catalogue.exercises()) {
      expect(list).toContain(title);
      expect(list).toContain(about);
    }
  });
});
