/** What can go wrong with a private page: fetched in advance, sent twice, forged, too late, too large, or into a fault. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Records, Store } from '../../src/ports/store.ts';
import { runSql } from '../postgres.ts';
import { type Browsing, browsing, tokenIn } from '../world/browsing.ts';
import { ADMIN, ANA, BEN, CLEO } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

const GOAL = { goal: 'To walk a little', 'review-on': '2026-12-01', readers: 'staff' };

let world: TestWorld;
let group: Group;
let other: Group;
let web: Browsing;

const onPages = (name: string) =>
  group.people.read(ADMIN, 'cohort policy', { given: { cohort: name, 'private-answers': 'link' } });

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Birch');
  other = await aGroup(world, 'Cedar', { signed: [BEN] });
  await onPages('Birch');
  await onPages('Cedar');
  web = await browsing(world);
});
afterAll(async () => {
  await web.stop();
  await world.close();
});

const tokenFor = async (account: string, path = 'goal set', given: Record<string, unknown> = {}) =>
  tokenIn(await group.people.ask(account, path, { given, channelId: group.room('group') }));

const goalsOf = async (account: string, of: Group = group) => {
  const person = await world.store.records.people.known(account);
  return world.store.records.goals.ofPerson(of.cohort.id, person.id);
};

const usedCount = async (): Promise<number> => {
  const { rows } = await runSql(
    world.url,
    'SELECT count(*)::int AS used FROM form_link WHERE used_at IS NOT NULL',
  );
  return rows[0].used;
};

describe('a page that is fetched', () => {
  it('in advance, however often, uses nothing up and changes nothing', async () => {
    const token = await tokenFor(ANA);
    const before = await usedCount();
    await Promise.all(Array.from({ length: 10 }, () => web.look(token)));
    await fetch(`${web.base}/answer/${token}`, { method: 'HEAD' });
    expect(await usedCount()).toBe(before);
    expect((await web.send(token, GOAL)).status).toBe(200);
  });

  it('tells nobody where it was, keeps nothing in the browser, and takes nothing from elsewhere', async () => {
    const { headers } = await web.look(await tokenFor(ANA));
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('set-cookie')).toBeNull();
  });
});

describe('a page that is sent', () => {
  it('twice at the same moment is done once', async () => {
    const token = await tokenFor(ANA);
    const before = (await goalsOf(ANA)).length;
    const answers = await Promise.all(Array.from({ length: 5 }, () => web.send(token, GOAL)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410, 410, 410, 410]);
    expect(await goalsOf(ANA)).toHaveLength(before + 1);
    expect(answers.find(({ status }) => status === 410)?.html).toContain('To walk a little');
  });

  it('only to be shown something is shown once, too', async () => {
    const token = await tokenFor(ANA, 'goal list');
    const answers = await Promise.all([web.send(token), web.send(token)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410]);
  });

  it('with fields that nobody asked for is taken without them', async () => {
    const token = await tokenFor(ANA, 'goal update', { goal: '1' });
    const forged = {
      level: '1',
      goal: '99',
      cohort: other.cohort.id,
      person: BEN,
      __proto__: 'x',
      sure: 'yes',
    };
    expect((await web.send(token, forged)).status).toBe(200);
    expect((await goalsOf(ANA))[0]?.updates.at(-1)?.level).toBe(1);
    expect(await goalsOf(ANA, other)).toEqual([]);
  });

  it('for another person, or with an address that was guessed, opens nothing', async () => {
    const token = await tokenFor(ANA);
    const guessed = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const wrong of [guessed, 'a'.repeat(43), 'short', `${token}x`, '..%2f..', '%00']) {
      const page = await web.send(wrong, { goal: 'Kept for me' });
      expect([wrong, page.status]).toEqual([wrong, 404]);
    }
    expect((await web.send(guessed, { goal: 'Kept for me' })).text).toContain('Kept for me');
  });

  it('from another website is not taken, and the page stays good', async () => {
    const token = await tokenFor(ANA);
    const before = (await goalsOf(ANA)).length;
    for (const site of ['cross-site', 'same-site']) {
      expect((await web.send(token, GOAL, { 'sec-fetch-site': site })).status).toBe(403);
    }
    expect(await goalsOf(ANA)).toHaveLength(before);
    expect((await web.send(token, GOAL, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('with more than a page can hold is told so in plain words', async () => {
    const page = await web.send(await tokenFor(ANA), { ...GOAL, goal: 'x'.repeat(200_000) });
    expect([page.status, page.text]).toEqual([413, expect.stringContaining('too much at once')]);
  });

  it('as something else than a form is not understood', async () => {
    const token = await tokenFor(ANA);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${web.base}/answer/${token}`, {
      method: 'POST',
      headers,
      body: '{"goal":"x"}',
    });
    expect(answer.status).toBeLessThan(500);
    expect((await web.send(token, GOAL)).status).toBe(200);
  });

  it('with what is longer than may be is told its limit, and nothing that was written is lost', async () => {
    const token = await tokenFor(ANA);
    const page = await web.send(token, { ...GOAL, goal: `begin ${'x'.repeat(400)} end` });
    expect([page.status, page.text]).toEqual([422, expect.stringContaining('at most 300 characters')]);
    expect(page.root.querySelector('textarea[name=goal]')?.textContent).toContain('end');
    expect((await web.send(token, GOAL)).status).toBe(200);
  });

  it('with what looks like markup shows it as it was written', async () => {
    const goal = '<script>alert(1)</script> **bold** <@1> & "q" \' [a](https://x.yz)';
    const page = await web.send(await tokenFor(ANA), { ...GOAL, goal });
    expect(page.root.querySelectorAll('script, a[href^=http], strong').map(String)).toEqual([]);
    expect(page.text).toContain(goal);
  });
});

describe('somebody who', () => {
  it('has left the group meanwhile can do nothing under their address, and keeps what they wrote', async () => {
    const token = await tokenFor(CLEO);
    const given = { cohort: 'Birch', person: CLEO, sure: 'yes' };
    await group.people.read(ADMIN, 'cohort discharge', { given });
    const page = await web.send(token, GOAL);
    expect([page.status, page.fields]).toEqual([409, []]);
    expect(page.html).toContain('To walk a little');
    expect(await goalsOf(CLEO)).toEqual([]);
  });

  it('belongs to two groups is asked for the one in whose room they were', async () => {
    const asked = await other.people.ask(BEN, 'goal set', { channelId: other.room('group') });
    const page = await web.look(tokenIn(asked));
    expect(page.text).toContain('in the group Cedar');
    expect((await web.send(tokenIn(asked), { ...GOAL, cohort: group.cohort.id })).status).toBe(200);
    expect([(await goalsOf(BEN, other)).length, (await goalsOf(BEN)).length]).toEqual([1, 0]);
  });
});

describe('a fault', () => {
  it('leaves what was written in the form, is told by a reference, and may be tried again', async () => {
    const token = await tokenFor(ANA);
    const { goals } = world.store.records;
    const breaking = (store: Store): Store => ({
      ...store,
      change: (work) =>
        store.change((records) =>
          work({ ...records, goals: { ...goals, ofPerson: () => Promise.reject(new Error('a secret')) } }),
        ),
      by: (actor) => breaking(store.by(actor)),
    });
    const broken = await browsing({ ...world, store: breaking(world.store) });
    const page = await broken.send(token, GOAL);
    await broken.stop();
    expect([page.status, page.text]).toEqual([500, expect.stringContaining('fault-1')]);
    expect(page.html).not.toContain('a secret');
    expect(page.root.querySelector('textarea[name=goal]')?.textContent).toContain('To walk a little');
    expect((await web.send(token, GOAL)).status).toBe(200);
  });

  it('of the database itself gives back what was written', async () => {
    const records = new Proxy({} as Records, {
      get: () => {
        throw new Error('the database is away');
      },
    });
    const broken = await browsing({ ...world, store: { ...world.store, records } });
    const page = await broken.send('a'.repeat(43), GOAL);
    await broken.stop();
    expect([page.status, page.html]).toEqual([500, expect.stringContaining('To walk a little')]);
  });

  it('of Discord leaves people without names, and pages as they are', async () => {
    const members = { ...world.members, names: () => Promise.reject(new Error('away')) };
    const nameless = await browsing({ ...world, members });
    expect((await nameless.look(await tokenFor(ANA))).text).toContain(`For somebody (${ANA.slice(-4)})`);
    await nameless.stop();
  });
});

describe('whoever asks very often', () => {
  it('is asked to wait, in words, and others are not', async () => {
    const token = await tokenFor(ANA);
    const from = { 'x-forwarded-for': '203.0.113.77' };
    const pages = await Promise.all(Array.from({ length: 245 }, () => web.look('a'.repeat(43), from)));
    const refused = pages.find(({ status }) => status === 429);
    expect(refused?.text).toContain('Please try again in a minute');
    expect((await web.look(token, { 'x-forwarded-for': '203.0.113.78' })).status).toBe(200);
  });
});

it('nothing of all this is in the log but what happened', () => {
  const logged = JSON.stringify(world.log.entries);
  for (const trace of ['To walk', 'Kept for me', '/answer/']) expect(logged).not.toContain(trace);
});
