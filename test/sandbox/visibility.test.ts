/** What each client is told: nothing of rooms that it may not view, everything of those that it may. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { BITS, bitsOf } from '../../sandbox/permissions.ts';
import { type PersonInfo, type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { caller, type Line, logIn, settle, type Wire } from './wire.ts';

const GUILDS = 1;
const VOICE = 1 << 7;
const MESSAGES = 1 << 9;

let sandbox: Sandbox;
let asOwner: ReturnType<typeof caller>;
let ana: PersonInfo;
let bo: PersonInfo;
let anaLine: Line;
let boLine: Line;
let botLine: Line;

const guildPath = (rest: string) => `/guilds/${sandbox.guild.id}${rest}`;
const view = String(BITS.VIEW_CHANNEL);
const closed = (...more: Wire[]) => [{ id: sandbox.guild.id, type: 0, deny: view }, ...more];
const inside = (id: string) => ({ id, type: 1, allow: String(bitsOf('VIEW_CHANNEL', 'CONNECT')) });
const make = async (body: Wire): Promise<Wire> =>
  (await asOwner('POST', guildPath('/channels'), { name: 'room', ...body })).body;
const typesAt = (line: Line, channelId: string) =>
  line.heard.filter(({ d }) => d?.id === channelId || d?.channel_id === channelId).map(({ t }) => t);

beforeAll(async () => {
  sandbox = await startSandbox();
  ana = sandbox.addPerson('Ana');
  bo = sandbox.addPerson('Bo');
  const owner = [...sandbox.people.values()][0];
  asOwner = caller(sandbox.restUrl, owner?.token ?? '');
  [anaLine, boLine, botLine] = await Promise.all([
    logIn(sandbox.gatewayUrl, ana.token),
    logIn(sandbox.gatewayUrl, bo.token),
    logIn(sandbox.gatewayUrl, sandbox.bot.token, GUILDS | VOICE | MESSAGES),
  ]);
});

beforeEach(() => sandbox.clock.turn(700_000));
afterAll(() => sandbox.stop());

test("a person's guild holds only the rooms that it may view, a bot's holds all", async () => {
  const room = await make({ permission_overwrites: closed(inside(ana.id)) });
  const again = await Promise.all([
    logIn(sandbox.gatewayUrl, ana.token),
    logIn(sandbox.gatewayUrl, bo.token),
    logIn(sandbox.gatewayUrl, sandbox.bot.token, GUILDS),
  ]);
  const shown = await Promise.all(
    again.map(async (line) =>
      (await line.event('GUILD_CREATE')).channels.some(({ id }: Wire) => id === room.id),
    ),
  );
  expect(shown).toEqual([true, false, true]);
  for (const line of again) line.socket.close(1000);
});

test('messages reach only those who may view the room, and the bot is no exception', async () => {
  const room = await make({ permission_overwrites: closed(inside(ana.id)) });
  await asOwner('POST', `/channels/${room.id}/messages`, { content: 'between us' });
  await anaLine.event('MESSAGE_CREATE', ({ channel_id }) => channel_id === room.id);
  await settle();
  expect(typesAt(boLine, room.id)).toEqual([]);
  expect(typesAt(botLine, room.id)).toEqual([]);
});

test('a person who is let in is told of the room as if it were new, and one who is shut out as if it were gone', async () => {
  const room = await make({ permission_overwrites: closed() });
  const path = `/channels/${room.id}/permissions/${bo.id}`;
  await asOwner('PUT', path, { type: 1, allow: view });
  await boLine.event('CHANNEL_CREATE', ({ id }) => id === room.id);
  await asOwner('PATCH', `/channels/${room.id}`, { topic: 'today' });
  await boLine.event('CHANNEL_UPDATE', ({ id, topic }) => id === room.id && topic === 'today');
  await asOwner('DELETE', path);
  await boLine.event('CHANNEL_DELETE', ({ id }) => id === room.id);
  expect(typesAt(boLine, room.id)).toEqual(['CHANNEL_CREATE', 'CHANNEL_UPDATE', 'CHANNEL_DELETE']);
  expect(typesAt(anaLine, room.id)).toEqual([]);
});

test('a role opens and closes rooms in the same way', async () => {
  const role = sandbox.addRole('Group');
  const room = await make({ permission_overwrites: closed({ id: role, type: 0, allow: view }) });
  await asOwner('PUT', guildPath(`/members/${ana.id}/roles/${role}`));
  await anaLine.event('CHANNEL_CREATE', ({ id }) => id === room.id);
  await asOwner('DELETE', guildPath(`/roles/${role}`));
  await anaLine.event('CHANNEL_DELETE', ({ id }) => id === room.id);
});

test('whoever leaves a room that I see for one that I do not, has left voice for me', async () => {
  const open = await make({ type: 2, name: 'Open' });
  const secret = await make({ type: 2, name: 'Secret', permission_overwrites: closed(inside(ana.id)) });
  const join = (channel_id: string) =>
    anaLine.send(4, { guild_id: sandbox.guild.id, channel_id, self_mute: false, self_deaf: false });
  join(open.id);
  const states = (line: Line) =>
    line.heard
      .filter(({ t, d }) => t === 'VOICE_STATE_UPDATE' && d.user_id === ana.id)
      .map(({ d }) => d.channel_id);
  await boLine.event('VOICE_STATE_UPDATE', ({ channel_id }) => channel_id === open.id);
  join(secret.id);
  await boLine.event('VOICE_STATE_UPDATE', ({ channel_id }) => channel_id === null);
  await settle();
  expect(states(anaLine)).toEqual([open.id, secret.id]);
  expect(states(boLine)).toEqual([open.id, null]);
  expect(states(botLine)).toEqual([open.id, null]);
});

test('nobody joins a full room, a text room, or one that is closed to them', async () => {
  const small = await make({ type: 2, name: 'Small', user_limit: 1 });
  const secret = await make({ type: 2, name: 'Secret', permission_overwrites: closed() });
  const text = await make({});
  const join = (line: Line, channel_id: string) =>
    line.send(4, { guild_id: sandbox.guild.id, channel_id, self_mute: true, self_deaf: false });
  join(anaLine, small.id);
  await anaLine.event('VOICE_STATE_UPDATE', ({ channel_id }) => channel_id === small.id);
  for (const id of [small.id, secret.id, text.id]) join(boLine, id);
  await settle();
  const guild = sandbox.world.guilds.get(sandbox.guild.id);
  expect(guild?.voiceStates.get(bo.id)).toBeUndefined();
  expect(guild?.voiceStates.get(ana.id)?.selfMute).toBe(true);
});

test('a guild that is left is gone for who left, and the others hear of it', async () => {
  const kim = sandbox.addPerson('Kim');
  const line = await logIn(sandbox.gatewayUrl, kim.token);
  await anaLine.event('GUILD_MEMBER_ADD', ({ user }) => user.id === kim.id);
  sandbox.faults.leave(sandbox.guild.id, kim.id);
  await line.event('GUILD_DELETE', ({ id }) => id === sandbox.guild.id);
  await anaLine.event('GUILD_MEMBER_REMOVE', ({ user }) => user.id === kim.id);
});

test('a room deleted by hand takes its people out of voice and is told to those who saw it', async () => {
  const room = await make({ type: 2, name: 'Doomed', permission_overwrites: closed(inside(ana.id)) });
  anaLine.send(4, { guild_id: sandbox.guild.id, channel_id: room.id, self_mute: false, self_deaf: false });
  await anaLine.event('VOICE_STATE_UPDATE', ({ channel_id }) => channel_id === room.id);
  sandbox.faults.deleteChannel(room.id);
  await anaLine.event('CHANNEL_DELETE', ({ id }) => id === room.id);
  expect(sandbox.world.guilds.get(sandbox.guild.id)?.voiceStates.has(ana.id)).toBe(false);
  expect(typesAt(boLine, room.id)).toEqual([]);
  expect(sandbox.transcript.faults().at(-1)).toMatchObject({ fault: 'delete channel' });
});

test('a private thread is for those in it', async () => {
  const room = await make({});
  const thread = (await asOwner('POST', `/channels/${room.id}/threads`, { name: 'one to one', type: 12 }))
    .body;
  expect((await caller(sandbox.restUrl, bo.token)('GET', `/channels/${thread.id}`)).body.code).toBe(50001);
  await asOwner('PUT', `/channels/${thread.id}/thread-members/${ana.id}`);
  await anaLine.event('THREAD_CREATE', ({ id }) => id === thread.id);
  const said = await caller(sandbox.restUrl, ana.token)('POST', `/channels/${thread.id}/messages`, {
    content: 'hi',
  });
  expect(said.status).toBe(200);
  await asOwner('DELETE', `/channels/${thread.id}/thread-members/${ana.id}`);
  await anaLine.event('THREAD_DELETE', ({ id }) => id === thread.id);
  await settle();
  expect(typesAt(boLine, thread.id)).toEqual([]);
});
