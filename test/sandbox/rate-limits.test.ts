/** Limits as clients meet them: headers on every answer, 429 when a bucket is empty, and the sandbox's clock to fill it. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { caller, type Wire } from './wire.ts';

let sandbox: Sandbox;
let asBot: ReturnType<typeof caller>;
let rooms: Wire[];

beforeAll(async () => {
  sandbox = await startSandbox();
  asBot = caller(sandbox.restUrl, `Bot ${sandbox.bot.token}`);
  const make = (name: string) => asBot('POST', `/guilds/${sandbox.guild.id}/channels`, { name });
  rooms = [(await make('one')).body, (await make('two')).body];
});
beforeEach(() => sandbox.clock.turn(3_600_000));
afterAll(() => sandbox.stop());

const say = (room: Wire, content = 'x') => asBot('POST', `/channels/${room.id}/messages`, { content });

test('a bucket tells what is left of it, empties, and fills when its time has come', async () => {
  const first = await say(rooms[0]);
  expect(first.headers.get('x-ratelimit-limit')).toBe('5');
  expect(first.headers.get('x-ratelimit-remaining')).toBe('4');
  expect(Number(first.headers.get('x-ratelimit-reset-after'))).toBeCloseTo(5, 0);
  expect(Number(first.headers.get('x-ratelimit-reset'))).toBeCloseTo(sandbox.clock.now() / 1000 + 5, 0);
  for (let count = 0; count < 4; count += 1) expect((await say(rooms[0])).status).toBe(200);
  const refused = await say(rooms[0]);
  expect(refused.status).toBe(429);
  expect(refused.body).toMatchObject({ global: false, message: 'You are being rate limited.' });
  expect(refused.body.retry_after).toBeGreaterThan(0);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused.headers.get('x-ratelimit-scope')).toBe('user');
  sandbox.clock.turn(5000);
  expect((await say(rooms[0])).status).toBe(200);
});

test('another channel has a bucket of its own under the same name, another account one of its own too', async () => {
  for (let count = 0; count < 5; count += 1) await say(rooms[0]);
  const other = await say(rooms[1]);
  expect(other.status).toBe(200);
  expect(other.headers.get('x-ratelimit-bucket')).toBe(
    (await say(rooms[0])).headers.get('x-ratelimit-bucket'),
  );
  const ana = caller(sandbox.restUrl, sandbox.addPerson('Ana').token);
  expect((await ana('POST', `/channels/${rooms[0].id}/messages`, { content: 'x' })).status).toBe(200);
});

test('fifty calls a second are the most for one bot in all', async () => {
  const paths = ['/users/@me', '/gateway/bot', `/guilds/${sandbox.guild.id}`, `/channels/${rooms[0].id}`];
  const replies = await Promise.all(
    Array.from({ length: 60 }, (_, index) => asBot('GET', paths[index % paths.length] ?? '/users/@me')),
  );
  const refused = replies.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(10);
  expect(refused[0]?.body.global).toBe(true);
  expect(refused[0]?.headers.get('x-ratelimit-global')).toBe('true');
  expect(refused[0]?.headers.get('x-ratelimit-scope')).toBe('global');
});

test('a channel is renamed or given another topic twice in ten minutes, and no more', async () => {
  const patch = (body: Wire) => asBot('PATCH', `/channels/${rooms[1].id}`, body);
  expect((await patch({ name: 'first' })).status).toBe(200);
  expect((await patch({ topic: 'second' })).status).toBe(200);
  const third = await patch({ name: 'third' });
  expect(third.status).toBe(429);
  expect(third.body.retry_after).toBeGreaterThan(500);
  expect((await patch({ nsfw: true })).status).toBe(200);
  expect((await patch({ topic: 'second' })).status).toBe(200);
  sandbox.clock.turn(600_000);
  expect((await patch({ name: 'third' })).status).toBe(200);
});

test('a message older than an hour is edited three times in twenty seconds, and no more', async () => {
  const { body: message } = await say(rooms[1]);
  const edit = (content: string) =>
    asBot('PATCH', `/channels/${rooms[1].id}/messages/${message.id}`, { content });
  sandbox.clock.turn(3_600_001);
  for (const content of ['1', '2', '3']) expect((await edit(content)).status).toBe(200);
  expect(await edit('4')).toMatchObject({ status: 429, body: { code: 30046 } });
  sandbox.clock.turn(20_000);
  expect((await edit('4')).status).toBe(200);
});

test('refusals are counted against who earns them', async () => {
  const before = sandbox.invalidRequests(sandbox.bot.id);
  await asBot('GET', `/guilds/${sandbox.guild.id}/bans`);
  expect(sandbox.invalidRequests(sandbox.bot.id)).toBe(before + 1);
  sandbox.clock.turn(600_000);
  expect(sandbox.invalidRequests(sandbox.bot.id)).toBe(0);
});

test('slowmode holds people back, and not bots', async () => {
  await asBot('PATCH', `/channels/${rooms[0].id}`, { rate_limit_per_user: 30 });
  const bo = caller(sandbox.restUrl, sandbox.addPerson('Bo').token);
  const write = () => bo('POST', `/channels/${rooms[0].id}/messages`, { content: 'x' });
  expect((await write()).status).toBe(200);
  expect(await write()).toMatchObject({ status: 429, body: { code: 20016 } });
  expect((await say(rooms[0])).status).toBe(200);
  expect((await say(rooms[0])).status).toBe(200);
  sandbox.clock.turn(30_000);
  expect((await write()).status).toBe(200);
});
