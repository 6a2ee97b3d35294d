/** The page's own way to the sound of a call: who hears what by it, who speaks by it, and what is refused. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AudioPlayerStatus,
  createAudioPlayer,
  createAudioResource,
  EndBehaviorType,
  entersState,
  StreamType,
  type VoiceConnection,
} from '@discordjs/voice';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Person, person } from '../../sandbox/people.ts';
import { measure, packetsOf, SILENCE_FRAME } from '../../sandbox/voice/sound.ts';
import { aRoom, eventually, type Room } from './calls.ts';

const TONE = packetsOf({ tone: { hertz: 660, dBFS: -30 }, ms: 600 });

let room: Room;
let ana: Person;
let ben: Person;
let bot: VoiceConnection;
const sockets = new Set<WebSocket>();

beforeEach(async () => {
  room = await aRoom({ page: {} });
  [ana, ben] = [await room.comesIn('Ana'), await room.comesIn('Ben')];
  bot = await room.joins();
  await eventually('Ana is in the call', () => room.sandbox.voice.of(ana.id).privacyCode() !== undefined);
  await eventually('Ben is in the call', () => room.sandbox.voice.of(ben.id).privacyCode() !== undefined);
});
afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  sockets.clear();
  await room.stop();
});

const tokenOf = (name: string): string => room.sandbox.people.get(name)?.token ?? '';

type Way = 'hear' | 'speak';

const dial = (way: Way, headers: Record<string, string> = {}): WebSocket => {
  const address = new URL(`/page/${way}`, room.sandbox.pageUrl);
  address.protocol = 'ws:';
  const socket = new WebSocket(address, { headers });
  sockets.add(socket);
  return socket;
};

/** A window's line, what it is sent by the id of who is heard, and the code with which it ends. */
const line = async (way: Way, token: string) => {
  const socket = dial(way);
  const frames: { readonly from: string; readonly packet: Buffer }[] = [];
  socket.on('message', (raw: Buffer) => {
    frames.push({ from: String(raw.readBigUInt64BE(0)), packet: raw.subarray(8) });
  });
  const closed = once(socket, 'close').then(([code]) => Number(code));
  await once(socket, 'open');
  socket.send(JSON.stringify({ token }));
  return { socket, frames, closed };
};

/** A line that has been let in, for nobody has closed it. */
const openLine = async (way: Way, token: string) => {
  const it = await line(way, token);
  await sleep(50);
  expect(it.socket.readyState).toBe(WebSocket.OPEN);
  return it;
};

const play = async (): Promise<void> => {
  const player = createAudioPlayer();
  bot.subscribe(player);
  player.play(createAudioResource(Readable.from(TONE, { objectMode: true }), { inputType: StreamType.Opus }));
  await entersState(player, AudioPlayerStatus.Playing, 5_000);
  await entersState(player, AudioPlayerStatus.Idle, 10_000);
};

/** Sends a tone as a window with a microphone does, at the pace of sound. */
const sendTone = async (socket: WebSocket): Promise<void> => {
  for (const packet of TONE) {
    socket.send(packet);
    await sleep(20);
  }
};

const heardBy = (person: Person, from: string): readonly Buffer[] =>
  room.sandbox.voice
    .of(person.id)
    .heard()
    .filter((it) => it.from === from)
    .map(({ packet }) => packet);

const sounding = (packets: readonly Buffer[]): readonly Buffer[] =>
  packets.filter((packet) => !packet.equals(SILENCE_FRAME));

describe('who listens in a window', () => {
  it('hears what the bot plays, decrypted as it reached that person, and says who it is', async () => {
    const { frames } = await openLine('hear', tokenOf('Ana'));
    await play();
    await eventually('all of it arrives', () => frames.length >= TONE.length);
    expect(new Set(frames.map(({ from }) => from))).toEqual(new Set([room.bot.user.id]));
    const heard = measure(frames.slice(3, 25).map(({ packet }) => packet));
    expect(heard.dBFS).toBeCloseTo(-30, 0);
    expect(Math.abs(heard.hertz - 660)).toBeLessThan(10);
  });

  it('hears the others, and never themselves', async () => {
    const { frames } = await openLine('hear', tokenOf('Ana'));
    await room.sandbox.voice.of(ana.id).speak({ tone: { hertz: 440, dBFS: -20 }, ms: 200 });
    await room.sandbox.voice.of(ben.id).speak({ tone: { hertz: 440, dBFS: -20 }, ms: 200 });
    await eventually('Ben is heard', () => frames.length >= 10);
    expect(new Set(frames.map(({ from }) => from))).toEqual(new Set([ben.id]));
  });

  it('hears nothing while they are deafened, by themselves or by a moderator', async () => {
    const [own, others] = [await openLine('hear', tokenOf('Ana')), await openLine('hear', tokenOf('Ben'))];
    await ana.join('talk', { deaf: true });
    const guild = room.sandbox.world.guilds.get(room.sandbox.guild.id);
    const member = guild?.members.get(ben.id);
    if (!member) throw new Error('Ben is no member');
    member.deaf = true;
    await play();
    expect([own.frames, others.frames]).toEqual([[], []]);
  });

  it('is told no more once they have left voice', async () => {
    const { closed, frames } = await openLine('hear', tokenOf('Ana'));
    await ana.leave();
    expect(await closed).toBe(4014);
    await play();
    expect(frames).toEqual([]);
  });

  it('goes along into another room, and hears the first one no more', async () => {
    const { frames } = await openLine('hear', tokenOf('Ana'));
    await ana.join('elsewhere');
    await play();
    expect(frames).toEqual([]);
    bot = await room.joins(room.otherId);
    await eventually('Ana is in that call', () => room.sandbox.voice.of(ana.id).privacyCode() !== undefined);
    await play();
    await eventually('all of it arrives', () => frames.length >= TONE.length);
  });
});

describe('who hears nothing', () => {
  it('is somebody of the same server who is in no room', async () => {
    const outsider = room.sandbox.addPerson('Oskar');
    const { closed, frames } = await line('hear', outsider.token);
    expect(await closed).toBe(4014);
    await play();
    expect(frames).toEqual([]);
  });

  it('is somebody in another room', async () => {
    await (await room.comesIn('Oskar')).join('elsewhere');
    const { frames } = await openLine('hear', tokenOf('Oskar'));
    await play();
    expect(frames).toEqual([]);
  });

  it('is somebody outside of the encrypted group, who is not sent what they cannot decrypt', async () => {
    const { id, token } = room.sandbox.addPerson('Cleo');
    room.sandbox.voice.faults.keepOutside(id);
    const { restUrl, gatewayUrl } = room.sandbox;
    const cleo = await person({ restUrl, gatewayUrl, token });
    await cleo.join('talk');
    const { frames } = await openLine('hear', token);
    await play();
    const { heard } = room.sandbox.voice.of(id);
    expect(heard().filter(({ encrypted }) => encrypted).length).toBeGreaterThan(20);
    expect(sounding(frames.map(({ packet }) => packet))).toEqual([]);
    cleo.close();
  });

  it('is whoever has no person’s token, and a bot', async () => {
    for (const token of ['', 'nobody', room.sandbox.bot.token, `Bot ${room.sandbox.bot.token}`])
      for (const way of ['hear', 'speak'] as const) expect(await (await line(way, token)).closed).toBe(4004);
  });

  it('is whoever does not say who they are', async () => {
    const socket = dial('hear');
    const [code] = await once(socket, 'close');
    expect(code).toBe(4009);
  });

  it('is another site, and who comes by another name of this machine', async () => {
    const foreign = [
      { origin: 'https://somewhere.example' },
      { 'sec-fetch-site': 'cross-site' },
      { host: 'somewhere.example' },
    ] as const;
    for (const headers of foreign) {
      const [error] = await once(dial('hear', headers), 'error');
      expect(String(error)).toContain('403');
    }
  });
});

describe('who speaks in a window', () => {
  it('is heard as themselves by the others and the bot, encrypted end to end', async () => {
    const byBot: Buffer[] = [];
    bot.receiver
      .subscribe(ana.id, { end: { behavior: EndBehaviorType.Manual } })
      .on('data', (packet: Buffer) => byBot.push(packet))
      .on('error', () => undefined);
    const { socket } = await openLine('speak', tokenOf('Ana'));
    await sendTone(socket);
    await eventually('Ben hears her', () => sounding(heardBy(ben, ana.id)).length >= 25);
    expect(Math.abs(measure(sounding(heardBy(ben, ana.id)).slice(3, 25)).hertz - 660)).toBeLessThan(10);
    const heard = room.sandbox.voice.of(ben.id).heard();
    expect(heard.filter(({ encrypted, packet }) => !encrypted && !packet.equals(SILENCE_FRAME))).toEqual([]);
    await eventually('the bot hears her', () => byBot.length >= 20);
  });

  it('is shown speaking, and falls silent with five frames of it', async () => {
    const { socket } = await openLine('speak', tokenOf('Ana'));
    await sendTone(socket);
    expect(room.sandbox.voice.speaking()).toEqual([ana.id]);
    await eventually('she is silent', () => room.sandbox.voice.speaking().length === 0);
    expect(heardBy(ben, ana.id).slice(-5)).toEqual(Array.from({ length: 5 }, () => SILENCE_FRAME));
  });

  it('is not heard while muted, by themselves or by a moderator', async () => {
    const [own, others] = [await openLine('speak', tokenOf('Ana')), await openLine('speak', tokenOf('Ben'))];
    await ana.join('talk', { mute: true });
    const member = room.sandbox.world.guilds.get(room.sandbox.guild.id)?.members.get(ben.id);
    if (!member) throw new Error('Ben is no member');
    member.mute = true;
    await Promise.all([sendTone(own.socket), sendTone(others.socket)]);
    await sleep(300);
    expect([...heardBy(ben, ana.id), ...heardBy(ana, ben.id)]).toEqual([]);
    expect(room.sandbox.voice.speaking()).toEqual([]);
    expect(room.sandbox.voice.statistics()[ana.id]?.dropped['may-not-speak']).toBeGreaterThan(20);
  });

  it('is cut short where more comes than there is sound in the time', async () => {
    const { socket } = await openLine('speak', tokenOf('Ana'));
    for (let count = 0; count < 20; count += 1) for (const packet of TONE) socket.send(packet);
    await sleep(500);
    const heard = sounding(heardBy(ben, ana.id)).length;
    expect(heard).toBeGreaterThan(20);
    expect(heard).toBeLessThan(100);
  });

  it('is not mixed with the tone that is said in their name', async () => {
    const { socket } = await openLine('speak', tokenOf('Ana'));
    const said = room.sandbox.voice.of(ana.id).speak({ tone: { hertz: 220, dBFS: -24 }, ms: 600 });
    await sendTone(socket);
    await said;
    expect(sounding(heardBy(ben, ana.id)).length).toBeLessThan(2 * TONE.length - 20);
  });

  it('stops when they have left voice', async () => {
    const { socket, closed } = await openLine('speak', tokenOf('Ana'));
    await ana.leave();
    expect(await closed).toBe(4014);
    socket.send(TONE[0] ?? '');
    await sleep(100);
    expect(heardBy(ben, ana.id)).toEqual([]);
  });
});

describe('what is sent', () => {
  const refused: readonly (readonly [string, Buffer | string, number])[] = [
    ['larger than any packet', Buffer.alloc(1277, 0x78), 1009],
    ['empty', Buffer.alloc(0), 4002],
    ['words', 'hello', 4002],
    ['a packet of two frames', Buffer.from([0x79, 1, 2]), 4002],
    ['a packet of 10 ms', Buffer.from([0x70, 1, 2]), 4002],
    ['a packet of 60 ms', Buffer.from([0x18, 1, 2]), 4002],
  ];

  it.each(refused)('is refused when it is %s', async (_, sent, code) => {
    const { socket, closed } = await openLine('speak', tokenOf('Ana'));
    socket.send(sent);
    expect(await closed).toBe(code);
    expect(heardBy(ben, ana.id)).toEqual([]);
  });

  it('is refused where one only listens', async () => {
    const { socket, closed } = await openLine('hear', tokenOf('Ana'));
    socket.send(TONE[0] ?? '');
    expect(await closed).toBe(4002);
  });
});

it('a sandbox without a page carries no sound by it', async () => {
  const without = await aRoom();
  const socket = new WebSocket(without.sandbox.gatewayUrl.replace('/gateway', '/page/hear'));
  expect(String((await once(socket, 'error'))[0])).toContain('404');
  await without.stop();
});
