/** A check-in of a group that answers on pages: from the press in Discord to the database, and what Discord is told. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/core/time.ts';
import { runSql } from '../postgres.ts';
import { readable } from '../world/asking.ts';
import { type Browsing, browsing, tokenIn } from '../world/browsing.ts';
import { ADMIN, ANA, BEN, CLEO, LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
let web: Browsing;

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Birch', { signed: [ANA, BEN] });
  const given = { cohort: 'Birch', 'private-answers': 'link' };
  expect(readable(await group.people.read(ADMIN, 'cohort policy', { given }))).toContain(
    'pages of Hearth’s own',
  );
  await group.says(LEAD, 'session open');
  web = await browsing(world);
});
afterAll(async () => {
  await web.stop();
  await world.close();
});
beforeEach(() => world.discord.called.set(ANA, 'Ana <3'));

const press = (account = ANA) =>
  group.people.press(account, { label: 'Check in', command: 'check-in' }, { channelId: group.room('group') });
const arrivals = async () => {
  const session = await world.store.records.sessions.unfinished(group.cohort.id);
  return world.store.records.checkIns.ofSession(session?.id ?? '');
};

const ARRIVAL = { share: 'group', mood: '2', energy: '9', words: ['anxious', 'in pain'], goal: 'stuck' };

describe('somebody who presses “Check in”', () => {
  it('is given an address for themselves, and no form of Discord’s', async () => {
    const reply = await press();
    expect(reply.kind).toBe('tell');
    expect(reply.kind === 'tell' && readable(reply.card)).toContain('within 15 minutes');
    expect(reply.kind === 'tell' && reply.card.links?.[0]?.address).toMatch(
      /^https:\/\/hearth\.example\/answer\/[\w-]{43}$/,
    );
  });

  it('finds the same form there, for them and their group', async () => {
    const page = await web.look(tokenIn(await press()));
    expect(page.status).toBe(200);
    expect(page.fields).toEqual(['share', 'mood', 'energy', 'words', 'goal']);
    expect(page.text).toContain('For Ana <3, in the group Birch.');
    expect(page.html).not.toContain('Ana <3');
    expect(page.root.querySelectorAll('script, [style], [onclick], img')).toEqual([]);
  });

  it('sends it once, and it is kept as a check-in is kept', async () => {
    const token = tokenIn(await press());
    const page = await web.send(token, ARRIVAL);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Thank you for checking in');
    expect(page.text).toContain('mood 2 of 10, energy 9 of 10');
    const [kept] = await arrivals();
    expect(kept).toMatchObject({
      share: 'group',
      arrival: { mood: 2, energy: 9, words: ['anxious', 'in pain'], goalStatus: 'stuck' },
    });
    const again = await web.send(token, { ...ARRIVAL, mood: '7' });
    expect([again.status, again.text]).toEqual([410, expect.stringContaining('used already')]);
    expect(await arrivals()).toHaveLength(1);
  });

  it('keeps of the address its digest alone, and nothing of what was filled in', async () => {
    const token = tokenIn(await press());
    await web.send(token, ARRIVAL);
    const { rows } = await runSql(world.url, 'SELECT * FROM form_link');
    const kept = JSON.stringify(rows);
    for (const trace of [token, 'anxious', 'mood', 'stuck']) expect(kept).not.toContain(trace);
    expect(rows.every(({ given }) => Object.keys(given).length === 0)).toBe(true);
  });

  it('is told what is still missing, beside what they filled in, and may send it then', async () => {
    const token = tokenIn(await press());
    const page = await web.send(token, { share: 'staff', mood: '4' });
    expect(page.status).toBe(422);
    expect(page.root.querySelector('title')?.text).toContain('Almost there');
    const leads = page.root.querySelectorAll('[role=alert] a').map((each) => each.getAttribute('href'));
    expect(leads).toEqual(['#f-energy', '#f-goal']);
    for (const lead of leads) expect(page.root.querySelector(lead ?? '')).not.toBeNull();
    expect(page.root.querySelector('input[name=mood][value=4]')?.hasAttribute('checked')).toBe(true);
    expect((await web.send(token, ARRIVAL)).status).toBe(200);
  });

  it('passes in Discord with one press, and is told nothing there that was kept before', async () => {
    const reply = await group.people.press(
      BEN,
      { label: 'Pass', command: 'check-in', given: { share: 'pass' } },
      { channelId: group.room('group') },
    );
    expect(reply.kind === 'tell' && readable(reply.card)).toBe(
      'That is noted, thank you. Nothing else is needed.',
    );
    expect((await arrivals()).map(({ share }) => share)).toContain('pass');
  });
});

describe('somebody who types values in Discord all the same', () => {
  it('is told that they were not kept, and is asked on the page', async () => {
    const given = { share: 'staff', mood: 1, energy: 1, goal: 'stuck' };
    const reply = await group.people.ask(ANA, 'check-in', { given, channelId: group.room('group') });
    expect(reply.kind === 'tell' && readable(reply.card)).toContain('What you typed was not kept');
    expect((await web.look(tokenIn(reply))).fields).toContain('mood');
  });
});

describe('somebody who may not', () => {
  it('is given no address', async () => {
    expect(await press(CLEO)).not.toHaveProperty('card.links');
    expect(await press(LEAD)).not.toHaveProperty('card.links');
  });

  it('can use none either once they have withdrawn', async () => {
    const token = tokenIn(await press(BEN));
    await group.says(BEN, 'agreement withdraw', { given: { sure: 'yes' } });
    expect((await web.look(token)).text).toContain('once you have signed');
    const page = await web.send(token, ARRIVAL);
    expect([page.status, page.fields]).toEqual([409, []]);
    await group.says(BEN, 'agreement sign', { given: { confirm: 'I agree' } });
    expect((await web.send(token, ARRIVAL)).status).toBe(200);
  });
});

describe('an address', () => {
  it('closes after a quarter of an hour, for looking and for sending', async () => {
    const token = tokenIn(await press());
    world.clock.pass(15 * MINUTE - 1);
    expect((await web.look(token)).status).toBe(200);
    world.clock.pass(1);
    expect((await web.look(token)).status).toBe(410);
    expect((await web.send(token, ARRIVAL)).text).toContain('This page has closed');
  });
});
