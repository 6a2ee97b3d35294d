/** What a whole session leaves behind where nobody should read it: in the log, in the database, and on people's phones. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../sandbox/people.ts';
import { viewersOf } from '../../sandbox/permissions.ts';
import { until } from '../adapters/jobs/until.ts';
import { runSql } from '../postgres.ts';
import { type Bot, startBot } from './bot.ts';
import { channelsOf, done, groupCalled, makeGroup, says, sign, told } from './group.ts';
import { type Stage, setStage } from './stage.ts';
import { sees } from './watch.ts';

/** A name and words that would ping, link, pretend and forge, if anybody let them. */
const NAME = '@everyone **[Free](http://x.yz)** <@&1>';
const CANARY = 'canary-of-ana';
const WORDS = `@everyone <@1> ${CANARY}\n    at ${CANARY} (file:///x.ts:1:1)\n# ${CANARY}`;
const HERE = { in: 'group-room' };

let stage: Stage;
let bot: Bot;

const who = (name: string): Person => stage.who(name);

/** Discord fails to answer the next calls of a route, as often as Hearth insists and once more. */
const falter = (route: string): void => stage.sandbox.faults.serverError({ route, times: 4 });

const moveToReflection = async (): Promise<void> => {
  for (;;) {
    const text = told(await who('Lena').run('/session next', {}, { in: 'staff-room' }));
    if (text.includes('eflection')) return;
  }
};

beforeAll(async () => {
  stage = await setStage(['Lena', 'Tomas', 'Ana', 'Ben', 'Oskar']);
  bot = startBot({ ...stage.environment, HEARTH_LOG: 'debug' });
  await bot.isUp();
  await makeGroup(stage, { name: NAME, lead: 'Lena', coFacilitator: 'Tomas', enrolled: ['Ana', 'Ben'] });
  await sign(who('Ana'));
  done(await who('Lena').press('Open the next session', { in: 'staff-room' }));
  await sees(who('Ana'), 'group-room', '**Welcome**');
  falter('PATCH /channels/:channel/messages/:message');
  const arrival = {
    mood: 1,
    energy: 9,
    words: 'In pain',
    goal: 'Stuck for now',
    share: 'With the facilitators only',
  };
  says(await who('Ana').run('/check-in', arrival, HERE), 'Thank you for checking in');
  await who('Ana').run('/goal set', { 'review-on': '2030-01-01', readers: 'Only I' }, HERE);
  says(await who('Ana').fill({ goal: WORDS }), 'is kept');
  falter('POST /interactions/:interaction/:token/callback');
  await who('Ana').run('/goal show', { goal: '1' }, HERE);
  stage.sandbox.faults.clear();
  await moveToReflection();
  await who('Ana').run('/reflect', {}, HERE);
  says(
    await who('Ana').fill({ 'take-away': 'still-settling', intention: WORDS, share: 'staff' }),
    'Thank you',
  );
  await sees(who('Lena'), 'staff-room', 'mood 1 of 10');
});
afterAll(async () => {
  bot.signal('SIGTERM');
  await bot.ended();
  await stage.strike();
});

/** Every row of every table, the queue's included, as a text. */
const everythingKept = async (): Promise<string> => {
  const url = stage.databaseUrl;
  const { rows } = await runSql(
    url,
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'pgboss')",
  );
  const tables: string[] = [];
  for (const { name } of rows) tables.push(JSON.stringify((await runSql(url, `SELECT * FROM ${name}`)).rows));
  return tables.join('\n');
};

describe('after a session in which Discord faltered', () => {
  it('the log tells that it did, and nothing of what anybody wrote or chose', async () => {
    expect(bot.said()).toContain('"event":"job-tried"');
    expect(bot.said()).toContain('"event":"interaction"');
    for (const trace of [CANARY, 'mood', 'in pain', 'still-settling', 'everyone']) {
      expect(bot.said(), trace).not.toContain(trace);
    }
  });

  it('the database holds nothing of what anybody wrote or chose that can be read', async () => {
    const kept = await everythingKept();
    for (const trace of [CANARY, 'mood', 'energy', 'in pain', 'still-settling', 'Invalid Form Body']) {
      expect(kept, trace).not.toContain(trace);
    }
  });

  it('no message of Hearth’s has pinged anybody', () => {
    const messages = [...stage.sandbox.world.messages.values()].flatMap((room) => [...room.values()]);
    const ours = messages.filter(({ authorId }) => authorId === stage.sandbox.bot.id);
    expect(ours.length).toBeGreaterThan(5);
    for (const { mentions } of ours) expect(mentions).toEqual({ everyone: false, users: [], roles: [] });
  });

  it('what was for one person was shown to nobody else', () => {
    for (const name of ['Lena', 'Tomas', 'Ben', 'Oskar', 'Mara']) {
      expect(JSON.stringify(who(name).events), name).not.toContain(CANARY);
    }
    for (const name of ['Ben', 'Oskar']) {
      expect(JSON.stringify(who(name).events), name).not.toContain('mood 1 of 10');
    }
  });
});

/** Who sees the rooms of the group, by name of the room, as Discord itself works it out; the owner and Mara see all. */
const sighted = async (): Promise<Readonly<Record<string, string>>> => {
  const { world, people, guild } = stage.sandbox;
  const channels = await channelsOf(stage, (await groupCalled(stage, NAME)).id);
  const rooms = Object.entries(channels).map(([kind, id]) => {
    const channel = world.channels.get(id) ?? expect.fail(`no ${kind} room`);
    const viewers = viewersOf(world, channel).filter((each) => each !== guild.ownerId);
    const names = [...people.values()].filter((each) => viewers.includes(each.id)).map(({ name }) => name);
    return [
      kind,
      names
        .filter((name) => name !== 'Mara')
        .toSorted()
        .join(' '),
    ];
  });
  return Object.fromEntries(rooms);
};

describe('the rooms', () => {
  it('are seen by their own people only, whatever everybody may do in the server', async () => {
    const { world, guild } = stage.sandbox;
    const everyone = world.guilds.get(guild.id)?.roles.get(guild.id) ?? expect.fail('no @everyone');
    const before = everyone.permissions;
    // Everything but to administrate.
    everyone.permissions = ((1n << 53n) - 1n) & ~8n;
    const signed = 'Ana Bot Lena Tomas';
    const mine = await sighted();
    everyone.permissions = before;
    const withoutBot = (names: string): string => names.replace('Bot ', '');
    expect(mine).toEqual({
      category: withoutBot('Ana Ben Bot Lena Tomas'),
      welcome: withoutBot('Ana Ben Bot Lena Tomas'),
      group: withoutBot(signed),
      voice: withoutBot(signed),
      staff: 'Lena Tomas',
    });
  });

  it('come back to that when somebody opens one by hand', async () => {
    const { staff } = await channelsOf(stage, (await groupCalled(stage, NAME)).id);
    const open = { type: 1, allow: String(1 << 10), deny: '0' };
    await who('Mara').rest('PUT', `/channels/${staff}/permissions/${who('Oskar').id}`, open);
    await until('it is closed again', async () => (await sighted())['staff'] === 'Lena Tomas');
    await until('Oskar sees it no more', () => !who('Oskar').sees('staff-room'));
  });
});
