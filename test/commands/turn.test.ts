/** Raising a hand, speaking, passing and coming back later. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../src/words/card.ts';
import { wordsFor } from '../../src/words/index.ts';
import { ADMIN, ANA, BEN, CLEO, CO_FACILITATOR, LEAD } from '../world/cast.ts';
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

const lead = (path: string) => group.says(LEAD, path);
const session = () => world.store.records.sessions.unfinished(group.cohort.id);
const goTo = async (phase: string) => {
  for (;;) {
    const now = await session();
    if (!now || now.agenda[now.step]?.phase === phase) return;
    await lead('session next');
  }
};
const card = async () => {
  await group.settle();
  const last = group.boards('session-card').at(-1);
  if (!last || last.state === 'ended') throw new Error('no card of an open session stands');
  return last;
};
const panel = async () => {
  await group.settle();
  const [board] = group.boards('staff-panel');
  if (!board?.session) throw new Error('the panel shows no session');
  return board.session;
};

beforeEach(async () => {
  made += 1;
  group = await aGroup(world, `Orchard ${made}`);
  group.inVoice(ANA, BEN, CLEO, LEAD);
  await lead('session open');
  await goTo('discussion');
});

describe('taking turns', () => {
  it('calls people in the order in which they raised their hands', async () => {
    expect(await group.says(BEN, 'turn raise')).toContain('You are next');
    expect(await group.says(ANA, 'turn raise')).toContain('One person is before you');
    expect((await card()).waiting).toEqual([BEN, ANA]);
    await lead('turn next');
    expect(await card()).toMatchObject({ speaker: BEN, waiting: [ANA] });
    expect(await group.says(BEN, 'turn done')).toContain('Thank you');
    await lead('turn next');
    expect(await card()).toMatchObject({ speaker: ANA, waiting: [] });
  });

  it('comes back later to somebody who wants time', async () => {
    await group.says(BEN, 'turn raise');
    await group.says(ANA, 'turn raise');
    await group.says(BEN, 'turn later');
    expect((await card()).waiting).toEqual([ANA, BEN]);
  });

  it('takes a pass without asking, and shows it nowhere as a lack', async () => {
    await group.says(BEN, 'turn raise');
    expect(await group.says(BEN, 'turn pass')).toContain('that is fine');
    expect((await card()).waiting).toEqual([]);
    expect((await panel()).notYetHeard).toEqual([ANA, CLEO]);
    expect(JSON.stringify([await card(), await panel()])).not.toMatch(/pass/i);
  });

  it('answers kindly to what does not fit', async () => {
    expect(await group.says(BEN, 'turn done')).toContain('not your turn');
    expect(await lead('turn next')).toContain('Nobody is waiting');
    await group.says(BEN, 'turn raise');
    expect(await group.says(BEN, 'turn raise')).toContain('already raised');
    await lead('turn next');
    expect(await group.says(BEN, 'turn raise')).toContain('your turn right now');
  });

  it('is for phases in which the group talks, and closes the queue after them', async () => {
    await group.says(BEN, 'turn raise');
    await goTo('reflection');
    expect((await card()).waiting).toEqual([]);
    expect(await group.says(ANA, 'turn raise')).toContain('while the group talks');
  });

  it('waits while the session is paused', async () => {
    await lead('session pause');
    expect(await group.says(ANA, 'turn raise')).toContain('paused');
  });

  it('is for participants; calling is for staff', async () => {
    expect(await lead('turn raise')).toContain('for the people who take part');
    expect(await group.says(ANA, 'turn next')).toContain('Only the facilitators');
    expect(await group.says(ANA, 'turn unheard')).toContain('Only the facilitators');
    expect(await group.says(ADMIN, 'turn unheard')).toContain('Only the facilitators');
  });
});

describe('two facilitators who call the next at once', () => {
  const pressNext = async (account: string, action: Action) =>
    group.people.press(account, action, { channelId: group.room('staff') });

  it('call one person, and pass nobody over', async () => {
    for (const person of [ANA, BEN, CLEO]) await group.says(person, 'turn raise');
    await panel();
    const [board] = group.boards('staff-panel');
    const next =
      board &&
      words
        .board(board)
        .actions?.flat()
        .find(({ label }) => label === 'Next turn');
    if (!next) throw new Error('the panel calls nobody');
    const replies = await Promise.all([pressNext(LEAD, next), pressNext(CO_FACILITATOR, next)]);
    expect(replies.map(({ kind }) => kind).toSorted()).toEqual(['done', 'tell']);
    expect(await card()).toMatchObject({ speaker: ANA, waiting: [BEN, CLEO] });
  });
});

describe('who has not been heard yet', () => {
  it('is told to staff, of those who are in the voice room', async () => {
    group.inVoice(ANA, BEN, LEAD);
    expect(await lead('turn unheard')).toContain(`<@${ANA}>, <@${BEN}>`);
    await group.says(ANA, 'turn raise');
    await lead('turn next');
    const text = await lead('turn unheard');
    expect(text).toContain(BEN);
    expect(text).not.toContain(ANA);
    expect(text).not.toContain(CLEO);
  });

  it('leaves out somebody whose signature does not hold', async () => {
    await group.says(BEN, 'agreement withdraw', { via: 'press', given: { sure: 'yes' } });
    expect(await lead('turn unheard')).not.toContain(BEN);
  });

  it('is everybody done with, when all had a turn', async () => {
    group.inVoice(LEAD);
    expect(await lead('turn unheard')).toContain('Everybody in the voice room');
  });
});
