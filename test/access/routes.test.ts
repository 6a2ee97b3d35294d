/** Everything that the web server answers, enumerated from itself: what opens for whoever comes with the wrong key, or with none. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { calendarFeed } from '../../src/app/calendar-feed.ts';
import { findCommand } from '../../src/command.ts';
import { MINUTE } from '../../src/core/time.ts';
import { readable } from '../world/asking.ts';
import { type Browsing, browsing, tokenIn } from '../world/browsing.ts';
import { ADMIN, ANA, LEAD } from '../world/cast.ts';
import { type TestWorld, testWorld } from '../world.ts';
import { EVE, MARKS, OF_BIRCH, type TwoGroups, twoGroups } from './two-groups.ts';

/**
 * What is answered to every key that opens nothing; `open` where no key is asked for, because nothing of anybody is told.
 * A route without a row fails.
 */
const ROUTES: Readonly<Record<string, number | 'open'>> = {
  'GET /health': 'open',
  'GET /style.css': 'open',
  'GET /calendar/:file': 404,
  'GET /answer/:token': 404,
  'POST /answer/:token': 404,
  'GET /sign-in/back': 403,
  // Whoever comes with something that looks like a key is sent to Discord; what it opens is known only when they are back.
  'GET /sign-in/:token': 503,
  'POST /sign-in/code': 403,
};

let world: TestWorld;
let groups: TwoGroups;
let web: Browsing;

beforeAll(async () => {
  world = await testWorld();
  groups = await twoGroups(world);
  for (const cohort of ['Birch', 'Cedar']) {
    await groups.people.read(ADMIN, 'cohort policy', { given: { cohort, 'private-answers': 'link' } });
  }
  web = await browsing(world, async (token) => {
    const feed = await calendarFeed(world, token);
    return feed && JSON.stringify(feed);
  });
}, 480_000);
afterAll(async () => {
  await web.stop();
  await world.close();
});

const ask = async (route: string, key: string, body: Readonly<Record<string, string>> = {}) => {
  const [method = '', path = ''] = route.split(' ');
  const address = `${web.base}${path.replace(':token', key).replace(':file', `${key}.ics`)}`;
  const sent = method === 'POST' ? { body: new URLSearchParams(body) } : {};
  const answer = await fetch(address, { method, redirect: 'manual', ...sent });
  return { status: answer.status, text: await answer.text() };
};

const betrayed = (text: string): readonly string[] =>
  [...Object.values(MARKS), ...OF_BIRCH, 'Birch'].filter((each) => text.includes(each));

describe('every route', () => {
  it('is written down', () => {
    const heads = Object.keys(ROUTES).filter((route) => route.startsWith('GET'));
    const all = [...Object.keys(ROUTES), ...heads.map((route) => route.replace('GET', 'HEAD'))];
    expect([...web.routes].toSorted()).toEqual(all.toSorted());
  });

  it.each(Object.entries(ROUTES))('%s opens nothing with a key that was guessed', async (route, status) => {
    const keys = ['a'.repeat(43), 'short', '%00', '..%2f..%2fhealth', `${'b'.repeat(43)}c`];
    for (const key of status === 'open' ? [''] : keys) {
      const answer = await ask(route, key, { to: key, code: '000000', goal: 'x' });
      const expected = status === 'open' ? 200 : route.includes('sign-in/:') ? [404, 503] : [status];
      expect([expected].flat(), `${route} ${key}`).toContain(answer.status);
      expect([route, betrayed(answer.text)]).toEqual([route, []]);
    }
  });

  it('answers no other method, and nothing beside them', async () => {
    for (const route of Object.keys(ROUTES)) {
      for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        expect([method, (await ask(route.replace(/^\w+/, method), 'a'.repeat(43))).status]).toEqual([
          method,
          404,
        ]);
      }
    }
    for (const path of ['/', '/metrics', '/admin', '/answer/', '/.env', '/calendar/']) {
      expect([path, (await ask(`GET ${path}`, '')).status]).toEqual([path, 404]);
    }
  });
});

const token = async (
  account: string,
  path: string,
  given: Record<string, unknown> = {},
  at = groups.birch.room('group'),
) => tokenIn(await groups.people.ask(account, path, { given, channelId: at }));

/** Commands that are asked on a page as a rule, with what is given in Discord. */
const PAGES = commands
  .flatMap((entry) =>
    'commands' in entry ? entry.commands.map(({ name }) => `${entry.name} ${name}`) : [entry.name],
  )
  .filter((path) => findCommand(commands, path)?.private !== undefined);

describe('every address that leads to a page', () => {
  it.each(PAGES)('/%s is given to nobody outside of the group', async (path) => {
    for (const account of [EVE, '100000000000000091']) {
      const given = { ...groups.ids, cohort: groups.birch.cohort.id };
      const reply = await groups.people.ask(account, path, { given, via: 'press' });
      if (reply.kind === 'ask') throw new Error('no form of Discord’s is shown');
      const [link] = reply.card.links ?? [];
      // What is theirs alone may be asked for by everybody, and is theirs.
      if (path === 'my-data export') continue;
      expect([path, link]).toEqual([path, undefined]);
      expect(betrayed(readable(reply.card)).filter((each) => each !== ANA)).toEqual([]);
    }
  });

  it('is worth nothing once it was used, once it is old, and once who was given it has left', async () => {
    const used = await token(ANA, 'goal list');
    expect((await web.send(used)).text).toContain(MARKS.herself);
    for (const again of [await web.look(used), await web.send(used)]) {
      expect([again.status, betrayed(again.text)]).toEqual([410, []]);
    }
    const old = await token(ANA, 'goal list');
    const ofEve = await token(EVE, 'goal list', {}, groups.cedarRoom);
    world.clock.pass(15 * MINUTE);
    for (const late of [await web.look(old), await web.send(old)]) {
      expect([late.status, betrayed(late.text)]).toEqual([410, []]);
    }
    expect((await web.send(ofEve)).status).toBe(410);
    const before = await token(EVE, 'goal list', {}, groups.cedarRoom);
    await groups.people.read(ADMIN, 'cohort discharge', {
      given: { cohort: 'Cedar', person: EVE, sure: 'yes' },
    });
    const gone = await web.send(before);
    expect([gone.status, betrayed(gone.text)]).toEqual([409, []]);
  });

  it('leads to what it was given for, whatever is sent along: no other group, person or thing', async () => {
    const page = await web.send(await token(ANA, 'goal show', { goal: '1' }), {
      ...{ cohort: groups.cedarId, person: EVE, goal: '2', guildId: '1', account: EVE },
    });
    expect(page.text).toContain(MARKS.staff);
    expect(page.text).not.toContain(MARKS.herself);
    expect(page.text).not.toContain(MARKS.others);
  });

  it('of somebody who looks after the group opens to nobody who has only the address', async () => {
    for (const path of ['goal list', 'session answers', 'attendance show'] as const) {
      const held = await token(LEAD, path, path === 'goal list' ? { person: ANA } : {});
      for (const answer of [await web.look(held), await web.send(held)]) {
        expect([path, answer.status, betrayed(answer.text)]).toEqual([path, 401, []]);
      }
    }
  });
});

describe('a calendar', () => {
  it('opens by its own address alone, and to nobody once it is ended', async () => {
    const reply = await groups.people.read(ANA, 'calendar link', { channelId: groups.birch.room('group') });
    const [, key = ''] = /calendar\/([\w-]{43})\.ics/.exec(JSON.stringify(reply)) ?? [];
    const shown = await ask('GET /calendar/:file', key);
    expect(shown.status).toBe(200);
    // Times, and nothing of what the group is or who is in it.
    expect(betrayed(shown.text)).toEqual([]);
    expect((await ask('GET /answer/:token', key)).status).toBe(404);
    await groups.people.read(ANA, 'calendar revoke', { channelId: groups.birch.room('group') });
    expect((await ask('GET /calendar/:file', key)).status).toBe(404);
  });
});
