/** The voice gateway of the sandbox as a bare client meets it: who is let in, who is told what, and how each is closed. */
import { once } from 'node:events';
import type { DiscordGatewayAdapterLibraryMethods } from '@discordjs/voice';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { packetsOf } from '../../sandbox/voice/sound.ts';
import { aRoom, eventually, type Room } from './calls.ts';

interface Server {
  readonly token: string;
  readonly endpoint: string;
}

let room: Room;
let servers: Server[];
let session: string;
let send: (payload: unknown) => void;
const opened: WebSocket[] = [];

const guild = () => room.bot.guilds.cache.first() ?? expect.fail('the bot is in no server');
const asks = (channelId: string | null, deaf = false): void => {
  const wish = { guild_id: guild().id, channel_id: channelId, self_mute: false, self_deaf: deaf };
  send({ op: 4, d: wish });
};
const isTold = async (times: number): Promise<Server> => {
  await eventually(`a voice server was told ${times} times`, () => servers.length >= times);
  return servers[times - 1] ?? expect.fail('no voice server');
};

beforeEach(async () => {
  room = await aRoom();
  servers = [];
  // What is asked and told here is not what the types of the library promise of whole packets.
  const methods: DiscordGatewayAdapterLibraryMethods = {
    onVoiceServerUpdate: (data) => void servers.push(data as unknown as Server),
    onVoiceStateUpdate: (data) => {
      session = data.session_id;
    },
    destroy: () => undefined,
  };
  ({ sendPayload: send } = guild().voiceAdapterCreator(methods));
});
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.terminate();
  await room.stop();
});

const connect = async ({ endpoint }: Server): Promise<WebSocket> => {
  const socket = new WebSocket(`wss://${endpoint}?v=8`, { ca: room.sandbox.voice.certificate });
  opened.push(socket);
  await once(socket, 'message');
  return socket;
};
const closed = async (socket: WebSocket): Promise<number> => Number((await once(socket, 'close'))[0]);
const identity = ({ token }: Server, more = {}) => ({
  ...{ server_id: guild().id, user_id: room.bot.user.id, session_id: session, token },
  ...{ max_dave_protocol_version: 1, ...more },
});
const say = (socket: WebSocket, op: number, d: unknown): void => socket.send(JSON.stringify({ op, d }));
/** What is told with an opcode, however much else is told before. */
const told = (socket: WebSocket, op: number): Promise<void> =>
  new Promise((resolve) =>
    socket.on('message', (raw, isBinary) => {
      if (!isBinary && JSON.parse(String(raw)).op === op) resolve();
    }),
  );
const [READY, SESSION_DESCRIPTION] = [2, 4];
/** In the call, and told where packets go. */
const comesIn = async (): Promise<WebSocket> => {
  asks(room.channelId);
  const server = await isTold(1);
  const socket = await connect(server);
  const ready = told(socket, READY);
  say(socket, 0, identity(server));
  await ready;
  const described = told(socket, SESSION_DESCRIPTION);
  const data = { address: '127.0.0.1', port: 9, mode: 'aead_aes256_gcm_rtpsize' };
  say(socket, 1, { protocol: 'udp', data });
  await described;
  return socket;
};

it('who asks again to be where they are is told anew, unless a connection of theirs stands', async () => {
  asks(room.channelId);
  const first = await isTold(1);
  asks(room.channelId);
  const second = await isTold(2);
  expect(second.token).not.toBe(first.token);
  const socket = await connect(second);
  say(socket, 0, identity(second));
  await once(socket, 'message');
  asks(room.channelId);
  asks(room.channelId, true);
  await guild().members.me?.fetch(true);
  expect(servers).toHaveLength(2);
});

it('of two tokens the earlier one lets nobody in', async () => {
  asks(room.channelId);
  const first = await isTold(1);
  asks(room.channelId);
  await isTold(2);
  const socket = await connect(first);
  say(socket, 0, identity(first));
  expect(await closed(socket)).toBe(4004);
});

it.each([
  ['no opcode', (socket: WebSocket) => say(socket, 99, {}), 4001],
  ['no opcode, in bytes', (socket: WebSocket) => socket.send(Buffer.from([99, 1])), 4001],
  ['no JSON', (socket: WebSocket) => socket.send('{'), 4002],
  ['no message', (socket: WebSocket) => socket.send('[1]'), 4002],
  ['nothing, in bytes', (socket: WebSocket) => socket.send(Buffer.alloc(0)), 4001],
  ['a package that is cut short', (socket: WebSocket) => socket.send(Buffer.from([26, 0, 1, 0, 2])), 4002],
  ['a package of nothing', (socket: WebSocket) => socket.send(Buffer.from([26])), 4002],
  ['who they are, a second time', (socket: WebSocket) => say(socket, 0, {}), 4005],
] as const)('who says %s is closed, and nobody else is', async (_what, says, code) => {
  const ana = await room.comesIn('Ana');
  const socket = await comesIn();
  says(socket);
  expect(await closed(socket)).toBe(code);
  const there = () => [...(room.sandbox.world.guilds.get(guild().id)?.voiceStates.keys() ?? [])];
  await eventually('the bot is out of the room', () => !there().includes(room.bot.user.id));
  expect(there()).toContain(ana.id);
});

it.each([
  ['cannot encrypt end to end', { max_dave_protocol_version: 0 }, 4017],
  ['does not say that they can', { max_dave_protocol_version: undefined }, 4017],
  ['has a token of nobody', { token: 'a'.repeat(32) }, 4004],
  ['is somebody else', { user_id: '1' }, 4004],
  ['comes from another session', { session_id: 'another' }, 4006],
])('who %s is not let in', async (_who, more, code) => {
  asks(room.channelId);
  const server = await isTold(1);
  const socket = await connect(server);
  say(socket, 0, identity(server, more));
  expect(await closed(socket)).toBe(code);
});

it('who asks for anything before they say who they are is not let in', async () => {
  asks(room.channelId);
  const socket = await connect(await isTold(1));
  say(socket, 5, { speaking: 1 });
  expect(await closed(socket)).toBe(4003);
});

it.each([
  ['is disconnected by hand', () => guild().members.me?.voice.disconnect(), 4014],
  ['leaves', async () => asks(null), 4014],
  ['is put out of the server', async () => room.sandbox.faults.leave(guild().id, room.bot.user.id), 4014],
  ['loses the room', () => guild().channels.delete(room.channelId), 4022],
] as const)('who %s is closed', async (_what, happens, code) => {
  const socket = await comesIn();
  const ending = closed(socket);
  await happens();
  expect(await ending).toBe(code);
});

const SILENCE = { packets: packetsOf({ silenceMs: 100 }) };
/** Five frames, and five of silence with which a client ends. */
const FRAMES = 10;
const counts = (id: string) => room.sandbox.voice.statistics()[id];

it('what somebody says is carried, until they are muted or lose the right to speak', async () => {
  const ana = await room.comesIn('Ana');
  await comesIn();
  const { speak } = room.sandbox.voice.of(ana.id);
  await speak(SILENCE);
  expect(counts(room.bot.user.id)).toMatchObject({ sent: FRAMES });
  await guild().members.edit(ana.id, { mute: true });
  await speak(SILENCE);
  expect(counts(ana.id)?.dropped['may-not-speak']).toBe(FRAMES);
  await guild().members.edit(ana.id, { mute: false });
  const channel = await guild().channels.fetch(room.channelId);
  if (!channel?.isVoiceBased()) expect.fail('no voice room');
  await channel.permissionOverwrites.create(ana.id, { Speak: false });
  await speak(SILENCE);
  expect(counts(ana.id)?.dropped['may-not-speak']).toBe(2 * FRAMES);
  expect(counts(room.bot.user.id)).toMatchObject({ sent: FRAMES });
});

it('nothing is carried to who is deafened, by themselves or by others', async () => {
  const ana = await room.comesIn('Ana');
  await comesIn();
  const { speak } = room.sandbox.voice.of(ana.id);
  const deaf = () => counts(room.bot.user.id)?.dropped['may-not-hear'] ?? 0;
  asks(room.channelId, true);
  await eventually('the bot is deaf', () => guild().members.me?.voice.selfDeaf === true);
  await speak(SILENCE);
  expect(deaf()).toBe(FRAMES);
  asks(room.channelId, false);
  await eventually('the bot is deaf no more', () => guild().members.me?.voice.selfDeaf === false);
  const bot = room.sandbox.world.guilds.get(guild().id)?.members.get(room.bot.user.id);
  if (bot) bot.deaf = true;
  await speak(SILENCE);
  expect(deaf()).toBe(2 * FRAMES);
  expect(counts(room.bot.user.id)?.sent ?? 0).toBe(0);
});
