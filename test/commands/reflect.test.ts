/** Closing a session for oneself: a take-away, an intention, or a pass. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { formPayload } from '../../src/adapters/discord/form-payload.ts';
import { open as unwrap } from '../../src/core/confidential.ts';
import { GRACE } from '../../src/core/session.ts';
import { wordsFor } from '../../src/words/index.ts';
import { ADMIN, ANA, BEN, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
let made = 0;

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  made += 1;
  group = await aGroup(world, `Harbour ${made}`);
  await group.says(LEAD, 'session open');
});

const TOLD = { 'take-away': 'not-alone', intention: 'call my *sister*', share: 'group' };
const session = async () => {
  const { sessions } = world.store.records;
  const found = (await sessions.unfinished(group.cohort.id)) ?? (await sessions.lastEnded(group.cohort.id));
  if (!found) throw new Error('no session is kept');
  return found;
};
const toTheLastPhase = async () => {
  for (const _step of (await session()).agenda.slice(1)) await group.says(LEAD, 'session next');
};
const end = () => group.says(LEAD, 'session end');
const reflects = (account: string, given: Record<string, unknown> = TOLD) =>
  group.says(account, 'reflect', { given });
const kept = async () => world.store.records.reflections.ofSession((await session()).id);
const here = () => ({ channelId: group.room('group') });

describe('reflecting', () => {
  it('keeps the take-away for the group and the intention for oneself', async () => {
    await toTheLastPhase();
    const text = await reflects(ANA);
    expect(text).toContain('Your take-away stands on the card');
    expect(text).toContain('> call my \\*sister\\*');
    const [reflection] = await kept();
    expect(reflection).toMatchObject({ takeAway: 'not-alone', share: 'group' });
    if (reflection?.share === 'pass' || !reflection?.intention) throw new Error('no intention is kept');
    expect(unwrap(reflection.intention)).toBe('call my *sister*');
    await group.settle();
    expect(group.boards('session-card')).toMatchObject([
      { reflected: [ANA], takeAways: [{ account: ANA, takeAway: 'not-alone' }] },
    ]);
    expect(JSON.stringify([...world.discord.messages.values()])).not.toContain('sister');
    expect(JSON.stringify(await kept())).not.toContain('sister');
  });

  it('shows the take-away to staff alone, when it is shared with staff', async () => {
    await toTheLastPhase();
    expect(await reflects(ANA, { ...TOLD, share: 'staff' })).toContain('Only your facilitators');
    await group.settle();
    expect(group.boards('session-card')).toMatchObject([{ reflected: [ANA], takeAways: [] }]);
    expect(group.boards('staff-panel')).toMatchObject([{ session: { takeAways: [{ account: ANA }] } }]);
    // It was shared with them, and stays with them when the session has ended.
    await end();
    await group.settle();
    expect(group.boards('session-card')).toMatchObject([{ state: 'ended', takeAways: [] }]);
    expect(group.boards('staff-panel')).toMatchObject([
      { last: { number: 1, takeAways: [{ account: ANA }] } },
    ]);
  });

  it('needs no intention', async () => {
    await toTheLastPhase();
    await reflects(ANA, { 'take-away': 'felt-heard', share: 'group' });
    expect(await kept()).toMatchObject([{ takeAway: 'felt-heard' }]);
  });

  it('a second time takes the place of the first', async () => {
    await toTheLastPhase();
    await reflects(ANA);
    await reflects(ANA, { 'take-away': 'still-settling', share: 'staff' });
    const reflections = await kept();
    expect(reflections).toMatchObject([{ takeAway: 'still-settling', share: 'staff' }]);
    expect(reflections[0]).not.toHaveProperty('intention');
  });

  it('twice at the same moment keeps one', async () => {
    await toTheLastPhase();
    await Promise.all([reflects(ANA), reflects(ANA, { ...TOLD, share: 'staff' })]);
    expect(await kept()).toHaveLength(1);
  });
});

describe('a pass', () => {
  it('is typed alone', async () => {
    await toTheLastPhase();
    expect(await reflects(ANA, { share: 'pass' })).toContain('You passed, and that is fine');
    expect(await kept()).toMatchObject([{ share: 'pass' }]);
  });

  it('is a button on the card in the group room', async () => {
    await toTheLastPhase();
    await group.settle();
    const [card] = group.boards('session-card');
    const pass =
      card &&
      wordsFor('en')
        .board(card)
        .actions?.flat()
        .find(({ label }) => label === 'Pass');
    expect(pass).toMatchObject({ command: 'reflect', given: { share: 'pass' } });
    if (pass) expect(await group.people.press(BEN, pass, here())).toMatchObject({ kind: 'tell' });
    expect(await kept()).toMatchObject([{ share: 'pass' }]);
  });

  it('keeps no intention, and gives back what was written all the same', async () => {
    await toTheLastPhase();
    const given = { 'take-away': [], intention: 'sleep early', share: ['pass'] };
    const text = await group.says(ANA, 'reflect', { via: 'form', given });
    expect(text).toContain('You passed');
    expect(text).toContain('it was not kept:\n> sleep early');
    expect((await kept())[0]).not.toHaveProperty('intention');
  });
});

describe('the form', () => {
  it('asks for everything in four fields when nothing was typed', async () => {
    await toTheLastPhase();
    const form = await group.people.form(ANA, 'reflect', here());
    expect(form.fields.map(({ name, required }) => [name, required])).toEqual([
      ['share', true],
      ['take-away', false],
      ['intention', false],
      ['intention-readers', false],
    ]);
    expect(() => formPayload(form)).not.toThrow();
  });

  it('shows an intention that was typed already, to be finished there', async () => {
    await toTheLastPhase();
    const given = { intention: 'ø'.repeat(300), share: 'group' };
    const form = await group.people.form(ANA, 'reflect', { ...here(), given });
    expect(form.fields.map(({ name }) => name)).toEqual(['take-away', 'intention', 'intention-readers']);
    expect(form.fields[1]).toMatchObject({ written: given.intention });
    expect(() => formPayload(form)).not.toThrow();
  });

  it('gives back what was written when the take-away was left out', async () => {
    await toTheLastPhase();
    const given = { 'take-away': [], intention: 'sleep early', share: ['group'] };
    const text = await group.says(ANA, 'reflect', { via: 'form', given });
    expect(text).toContain('**What you take away**: this is still needed.');
    expect(text).toContain('> sleep early');
    expect(await kept()).toEqual([]);
  });

  it('gives back an intention that is too long', async () => {
    await toTheLastPhase();
    const given = { 'take-away': ['felt-heard'], intention: `long ${'x'.repeat(300)}`, share: ['group'] };
    const text = await group.says(ANA, 'reflect', { via: 'form', given });
    expect(text).toContain('at most 300 characters');
    expect(text).toContain('> long xxx');
  });
});

describe('the time for it', () => {
  it('comes with the closing reflection, and until then what was written is given back', async () => {
    const given = { ...TOLD, 'take-away': ['not-alone'], share: ['group'] };
    const text = await group.says(ANA, 'reflect', { via: 'form', given });
    expect(text).toContain('The group is now in **welcome**');
    expect(text).toContain('> call my');
    // Nor is anybody asked before to fill in what would not be taken.
    expect(await reflects(ANA, {})).toContain('The group is now in **welcome**');
    expect(await kept()).toEqual([]);
  });

  it('is there in a pause of the last phase, too', async () => {
    await toTheLastPhase();
    await group.says(LEAD, 'session pause');
    expect(await reflects(ANA)).toContain('Thank you for today');
  });

  it('lasts a while after the end, so that a form that was open is not lost', async () => {
    await toTheLastPhase();
    const form = await group.people.form(ANA, 'reflect', here());
    const given = { ...form.given, 'take-away': ['felt-heard'], intention: 'rest', share: ['group'] };
    await end();
    world.clock.pass(GRACE);
    expect(await group.says(ANA, 'reflect', { via: 'form', given })).toContain('Thank you for today');
    expect(await kept()).toHaveLength(1);
  });

  it('is over then, and what was written is given back', async () => {
    await toTheLastPhase();
    await end();
    world.clock.pass(GRACE + 1);
    const given = { 'take-away': ['felt-heard'], intention: 'rest', share: ['group'] };
    const text = await group.says(ANA, 'reflect', { via: 'form', given });
    expect(text).toContain('This session has ended');
    expect(text).toContain('it was not kept:\n> rest');
    expect(await kept()).toEqual([]);
  });
});

describe('who may reflect', () => {
  it('is whoever has signed, and nobody else', async () => {
    await toTheLastPhase();
    await group.people.press(
      ANA,
      { label: '', command: 'agreement withdraw', given: { sure: 'yes' } },
      here(),
    );
    expect(await reflects(ANA)).toContain('once you have signed');
    for (const account of [LEAD, ADMIN])
      expect(await reflects(account)).toContain('for the people who take part');
    expect(await reflects(OUTSIDER)).toContain('No group of yours');
    expect(await kept()).toEqual([]);
  });
});
