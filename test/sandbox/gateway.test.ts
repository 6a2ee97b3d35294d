/** The gateway's manners: who may identify, what is replayed, and with which code it closes. */
import { once } from 'node:events';
import { createInflate } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { caller, type Line, logIn, openLine, settle, type Wire } from './wire.ts';

const GUILDS = 1;
const MEMBERS = 1 << 1;
const MESSAGES = 1 << 9;
const properties = { os: 'linux', browser: 'test', device: 'test' };

let sandbox: Sandbox;
let asOwner: ReturnType<typeof caller>;
const lines: Line[] = [];

const open = async (query = '?v=10&encoding=json'): Promise<Line> => {
  const line = await openLine(`${sandbox.gatewayUrl}${query}`);
  lines.push(line);
  return line;
};
const closeOf = async (op: number, data: Wire): Promise<number> => {
  const line = await open();
  await line.next((message) => message.op === 10);
  line.send(op, data);
  return (await line.closed()).code;
};
const botLine = async (intents: number): Promise<Line> => {
  const line = await logIn(sandbox.gatewayUrl, sandbox.bot.token, intents);
  lines.push(line);
  return line;
};
const resume = async (line: Line, seq: number): Promise<Line> => {
  const { session_id, resume_gateway_url } = await line.event('READY');
  const next = await openLine(`${resume_gateway_url}?v=10&encoding=json`);
  lines.push(next);
  await next.next(({ op }) => op === 10);
  next.send(6, { token: sandbox.bot.token, session_id, seq });
  return next;
};
const say = async (content: string): Promise<Wire> => {
  const { body: channels } = await asOwner('GET', `/guilds/${sandbox.guild.id}/channels`);
  return (await asOwner('POST', `/channels/${channels[0].id}/messages`, { content })).body;
};

beforeAll(async () => {
  sandbox = await startSandbox({ heartbeatMs: 400 });
  const owner = [...sandbox.people.values()][0];
  asOwner = caller(sandbox.restUrl, owner?.token ?? '');
});
afterEach(() => {
  sandbox.clock.turn(60_000);
  for (const line of lines.splice(0)) line.socket.terminate();
});
afterAll(() => sandbox.stop());

test('it says hello, and after identifying it is ready with the guilds to come', async () => {
  const line = await botLine(GUILDS);
  expect((await line.next(({ op }) => op === 10)).d.heartbeat_interval).toBe(400);
  const ready = await line.event('READY');
  expect(ready).toMatchObject({
    v: 10,
    user: { id: sandbox.bot.id, bot: true },
    guilds: [{ id: sandbox.guild.id, unavailable: true }],
    application: { id: sandbox.bot.applicationId },
    shard: [0, 1],
  });
  expect((await line.event('GUILD_CREATE')).id).toBe(sandbox.guild.id);
});

test('what is wrong in identifying closes with its own code', async () => {
  const { token } = sandbox.bot;
  expect(await closeOf(2, { token: 'wrong', properties, intents: 1 })).toBe(4004);
  expect(await closeOf(2, { token, properties })).toBe(4013);
  expect(await closeOf(2, { token, properties, intents: 1 << 18 })).toBe(4013);
  expect(await closeOf(2, { token, properties, intents: MEMBERS })).toBe(4014);
  expect(await closeOf(2, { token, properties, intents: 1, shard: [2, 2] })).toBe(4010);
  expect(await closeOf(2, { token, properties, intents: 1, colour: 'blue' })).toBe(4002);
  expect(await closeOf(4, { guild_id: sandbox.guild.id })).toBe(4003);
  expect(await closeOf(2, 'nonsense')).toBe(4004);
});

test('other versions, encodings and compressions are turned away', async () => {
  expect((await (await open('?v=9&encoding=json')).closed()).code).toBe(4012);
  expect((await (await open('?v=10&encoding=etf')).closed()).code).toBe(4002);
  expect((await (await open('?v=10&encoding=json&compress=zstd-stream')).closed()).code).toBe(4002);
});

test('a client may have everything through one zlib stream', async () => {
  const socket = new WebSocket(`${sandbox.gatewayUrl}?v=10&encoding=json&compress=zlib-stream`);
  const inflate = createInflate();
  socket.on('message', (frame: Buffer) => inflate.write(frame));
  const [hello] = await once(inflate, 'data');
  expect(JSON.parse(String(hello)).op).toBe(10);
  socket.send(JSON.stringify({ op: 2, d: { token: sandbox.bot.token, properties, intents: 0 } }));
  const [ready] = await once(inflate, 'data');
  expect(JSON.parse(String(ready)).t).toBe('READY');
  socket.close();
});

test('identifying twice and opcodes that nobody knows close the line', async () => {
  const twice = await botLine(GUILDS);
  twice.send(2, { token: sandbox.bot.token, properties, intents: 1 });
  expect((await twice.closed()).code).toBe(4005);
  const odd = await botLine(GUILDS);
  odd.send(99, {});
  expect((await odd.closed()).code).toBe(4001);
});

test('more than 120 messages a minute close the line', async () => {
  const line = await botLine(GUILDS);
  for (let count = 0; count < 121; count += 1) line.send(1, null);
  expect((await line.closed()).code).toBe(4008);
});

test('a heartbeat is answered, and who sends none is cut off', async () => {
  const line = await botLine(GUILDS);
  line.send(1, null);
  await line.next(({ op }) => op === 11);
  expect((await line.closed()).code).toBe(4000);
});

test('a dropped line is resumed, and everything that was missed is replayed once and in order', async () => {
  const line = await botLine(GUILDS | MESSAGES);
  const first = await say('one');
  const seen = await line.next(({ d }) => d?.id === first.id);
  sandbox.faults.drop(sandbox.bot.id, { resumable: true });
  await line.closed();
  const missed = [await say('two'), await say('three')];
  const next = await resume(line, seen.s ?? 0);
  await next.event('RESUMED');
  const replayed = next.heard.filter(({ t }) => t === 'MESSAGE_CREATE').map(({ d }) => d.id);
  expect(replayed).toEqual(missed.map(({ id }) => id));
});

test('a session that is gone, forged or forgotten cannot be resumed', async () => {
  const line = await botLine(GUILDS);
  sandbox.faults.drop(sandbox.bot.id, { resumable: false });
  await line.closed();
  expect((await (await resume(line, 1)).next(({ op }) => op === 9)).d).toBe(false);
  const other = await botLine(GUILDS);
  other.socket.terminate();
  await settle();
  sandbox.clock.turn(4 * 60_000);
  expect((await (await resume(other, 1)).next(({ op }) => op === 9)).d).toBe(false);
  const ahead = await botLine(GUILDS);
  ahead.socket.terminate();
  await settle();
  expect((await (await resume(ahead, 999)).closed()).code).toBe(4007);
});

test('a session that is resumed while its old line still stands goes on alone on the new one', async () => {
  const old = await botLine(GUILDS | MESSAGES);
  const next = await resume(old, 1);
  await next.event('RESUMED');
  expect((await old.closed()).code).toBe(4000);
  await settle();
  const { id } = await say('here now');
  await next.event('MESSAGE_CREATE', (message) => message.id === id);
});

test('after its session was declared invalid a client may identify again on the same line', async () => {
  const line = await botLine(GUILDS);
  const { session_id } = await line.event('READY');
  sandbox.faults.invalidateSession(sandbox.bot.id);
  await line.next(({ op }) => op === 9);
  line.send(2, { token: sandbox.bot.token, properties, intents: GUILDS });
  await line.event('READY', (ready) => ready.session_id !== session_id);
});

test('a client that closes with 1000 ends its session and leaves voice', async () => {
  const voice = await asOwner('POST', `/guilds/${sandbox.guild.id}/channels`, { name: 'Voice', type: 2 });
  const line = await botLine(GUILDS);
  line.send(4, { guild_id: sandbox.guild.id, channel_id: voice.body.id, self_mute: false, self_deaf: false });
  await line.event('VOICE_SERVER_UPDATE');
  line.socket.close(1000);
  await line.closed();
  await settle();
  expect(sandbox.world.guilds.get(sandbox.guild.id)?.voiceStates.has(sandbox.bot.id)).toBe(false);
  expect((await (await resume(line, 1)).next(({ op }) => op === 9)).d).toBe(false);
});

test('reconnecting is asked for, sessions are declared invalid, and silence is held until it ends', async () => {
  const line = await botLine(GUILDS | MESSAGES);
  sandbox.faults.requestReconnect(sandbox.bot.id);
  await line.next(({ op }) => op === 7);
  sandbox.faults.hang(sandbox.bot.id, 10_000);
  const { id } = await say('into the silence');
  await settle();
  expect(line.heard.some(({ d }) => d?.id === id)).toBe(false);
  sandbox.clock.turn(10_000);
  await line.event('MESSAGE_CREATE', (message) => message.id === id);
  sandbox.faults.invalidateSession(sandbox.bot.id);
  expect((await line.next(({ op }) => op === 9)).d).toBe(false);
});

test('events come only within the intents', async () => {
  const line = await botLine(GUILDS);
  await say('unheard');
  const role = sandbox.addRole('Heard');
  await line.event('GUILD_ROLE_CREATE', (data) => data.role.id === role);
  sandbox.addPerson('Newcomer');
  await settle();
  expect(line.heard.map(({ t }) => t)).not.toContain('MESSAGE_CREATE');
  expect(line.heard.map(({ t }) => t)).not.toContain('GUILD_MEMBER_ADD');
});

test('presence is told to those who may ask for it, and must be well formed', async () => {
  const rich = await startSandbox({ privileged: { presences: true } });
  const ana = rich.addPerson('Ana');
  const bot = await logIn(rich.gatewayUrl, rich.bot.token, GUILDS | (1 << 8));
  const line = await logIn(rich.gatewayUrl, ana.token);
  line.send(3, { since: null, activities: [{ name: 'a walk', type: 0 }], status: 'idle', afk: false });
  expect(await bot.event('PRESENCE_UPDATE')).toMatchObject({ user: { id: ana.id }, status: 'idle' });
  line.send(3, { since: null, activities: [], status: 'asleep', afk: false });
  expect((await line.closed()).code).toBe(4002);
  await rich.stop();
});

test('a shard hears only of its own guilds', async () => {
  const shard = Number((BigInt(sandbox.guild.id) >> 22n) % 2n);
  const both = await Promise.all(
    [0, 1].map(async (id) => {
      const line = await open();
      line.send(2, { token: sandbox.bot.token, properties, intents: GUILDS, shard: [id, 2] });
      await line.event('READY');
      return line;
    }),
  );
  await settle();
  expect(both.map(({ heard }) => heard.some(({ t }) => t === 'GUILD_CREATE'))).toEqual([
    shard === 0,
    shard === 1,
  ]);
});

test('members are sent by name or id; all of them only with the privileged intent, and not twice in 30 seconds', async () => {
  const rich = await startSandbox({ privileged: { members: true } });
  const ana = rich.addPerson('Ana');
  const line = await logIn(rich.gatewayUrl, rich.bot.token, GUILDS | MEMBERS);
  line.send(8, { guild_id: rich.guild.id, query: 'an', limit: 5, nonce: 'a' });
  const byName = await line.event('GUILD_MEMBERS_CHUNK', ({ nonce }) => nonce === 'a');
  expect(byName.members.map(({ user }: Wire) => user.id)).toEqual([ana.id]);
  line.send(8, { guild_id: rich.guild.id, user_ids: [ana.id, '1'], nonce: 'b' });
  expect(await line.event('GUILD_MEMBERS_CHUNK', ({ nonce }) => nonce === 'b')).toMatchObject({
    not_found: ['1'],
  });
  line.send(8, { guild_id: rich.guild.id, query: '', limit: 0, nonce: 'c' });
  expect((await line.event('GUILD_MEMBERS_CHUNK', ({ nonce }) => nonce === 'c')).members).toHaveLength(3);
  line.send(8, { guild_id: rich.guild.id, query: '', limit: 0, nonce: 'd' });
  expect(await line.event('RATE_LIMITED')).toMatchObject({ opcode: 8, meta: { nonce: 'd' } });
  await rich.stop();
});

test('the transcript keeps what was sent and received, without tokens', async () => {
  const line = await botLine(GUILDS);
  const identify = sandbox.transcript.events({ direction: 'received', type: 'IDENTIFY' }).at(-1);
  expect(JSON.stringify(identify)).not.toContain(sandbox.bot.token);
  expect(sandbox.transcript.events({ who: sandbox.bot.id, type: 'READY' }).length).toBeGreaterThan(0);
  line.socket.close();
});
