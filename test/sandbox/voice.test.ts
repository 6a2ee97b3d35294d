/** Calls in the sandbox, with the stock client of Discord's voice: who hears whom, and who is in the encrypted group. */
import { Readable } from 'node:stream';
import {
  AudioPlayerStatus,
  createAudioPlayer,
  createAudioResource,
  EndBehaviorType,
  entersState,
  StreamType,
  type VoiceConnection,
  VoiceConnectionStatus,
} from '@discordjs/voice';
import { afterEach, describe, expect, it } from 'vitest';
import { MODES } from '../../sandbox/voice/rtp.ts';
import { measure, packetsOf } from '../../sandbox/voice/sound.ts';
import { aRoom, eventually, type Room, sameCode } from './calls.ts';

let room: Room;
afterEach(() => room.stop());

const codesOf = (connection: VoiceConnection, ids: readonly string[]) => [
  connection.voicePrivacyCode,
  ...ids.map((id) => room.sandbox.voice.of(id).privacyCode()),
];
const agree = (connection: VoiceConnection, ids: readonly string[]) =>
  eventually('all show one code', () => /^\d{30}$/.test(sameCode(codesOf(connection, ids))));

/** Packets that the bot hears of somebody from now on. */
const ear = (connection: VoiceConnection, userId: string): Buffer[] => {
  const packets: Buffer[] = [];
  connection.receiver
    .subscribe(userId, { end: { behavior: EndBehaviorType.Manual } })
    .on('data', (packet: Buffer) => packets.push(packet))
    .on('error', () => undefined);
  return packets;
};

const play = async (connection: VoiceConnection, packets: readonly Buffer[]): Promise<void> => {
  const player = createAudioPlayer();
  connection.subscribe(player);
  player.play(
    createAudioResource(Readable.from(packets, { objectMode: true }), { inputType: StreamType.Opus }),
  );
  await entersState(player, AudioPlayerStatus.Playing, 5_000);
  await entersState(player, AudioPlayerStatus.Idle, 10_000);
};

describe('a bot in a call', () => {
  it.each(MODES.map((mode) => [mode]))('hears people and is heard, by %s', async (mode) => {
    room = await aRoom({ voice: { modes: [mode] } });
    const [ana, ben] = [await room.comesIn('Ana'), await room.comesIn('Ben')];
    const connection = await room.joins();
    await agree(connection, [ana.id, ben.id]);
    const heard = ear(connection, ana.id);
    await room.sandbox.voice.of(ana.id).speak({ tone: { hertz: 440, dBFS: -20 }, ms: 600 });
    await eventually('the bot hears her', () => heard.length >= 30);
    expect(measure(heard.slice(5, 30)).dBFS).toBeCloseTo(-20, 0);
    const byBen = room.sandbox.voice.of(ben.id).heard();
    await eventually('Ben hears her', () => byBen.filter(({ from }) => from === ana.id).length >= 30);
    await play(connection, packetsOf({ tone: { hertz: 660, dBFS: -30 }, ms: 600 }));
    const byAna = room.sandbox.voice
      .of(ana.id)
      .heard()
      .filter(({ from }) => from === room.bot.user.id);
    await eventually('Ana hears the bot', () => byAna.length >= 25);
    expect(byAna.slice(0, 25).every(({ encrypted }) => encrypted)).toBe(true);
    const measured = measure(byAna.slice(3, 25).map(({ packet }) => packet));
    expect(measured.dBFS).toBeCloseTo(-30, 0);
    expect(Math.abs(measured.hertz - 660)).toBeLessThan(10);
  });

  it('shows the code of everybody, through comings and goings of twelve people', async () => {
    room = await aRoom();
    const first = await room.comesIn('Person 1');
    const connection = await room.joins();
    await agree(connection, [first.id]);
    const people = [first];
    for (let number = 2; number <= 12; number += 1) people.push(await room.comesIn(`Person ${number}`));
    await agree(
      connection,
      people.map(({ id }) => id),
    );
    const code = connection.voicePrivacyCode;
    for (const leaving of people.splice(3, 4)) await leaving.leave();
    await eventually('the code is another', () => connection.voicePrivacyCode !== code);
    await agree(
      connection,
      people.map(({ id }) => id),
    );
    for (const number of [13, 14]) people.push(await room.comesIn(`Person ${number}`));
    await agree(
      connection,
      people.map(({ id }) => id),
    );
    for (const { id } of people) {
      const theirs = await room.sandbox.voice.of(id).verificationCode(room.bot.user.id);
      expect(await connection.getVerificationCode(id)).toBe(theirs);
    }
  });

  it('follows a move with all that hangs on it', async () => {
    room = await aRoom();
    const ana = await room.comesIn('Ana');
    const connection = await room.joins();
    await agree(connection, [ana.id]);
    const code = connection.voicePrivacyCode;
    await ana.join('elsewhere');
    await room.joins(room.otherId);
    await agree(connection, [ana.id]);
    expect(connection.voicePrivacyCode).not.toBe(code);
  });

  it('goes through a downgrade and back', async () => {
    room = await aRoom();
    const [ana, ben] = [await room.comesIn('Ana'), await room.comesIn('Ben')];
    const connection = await room.joins();
    await agree(connection, [ana.id, ben.id]);
    room.sandbox.voice.faults.downgrade();
    await eventually('no code is left', () => sameCode(codesOf(connection, [ana.id, ben.id])) === '');
    room.sandbox.voice.faults.upgrade();
    await agree(connection, [ana.id, ben.id]);
  });

  it('resumes after a broken socket, and has missed nobody', async () => {
    room = await aRoom();
    const ana = await room.comesIn('Ana');
    const connection = await room.joins();
    await agree(connection, [ana.id]);
    room.sandbox.voice.faults.close(room.bot.user.id, 4015);
    const ben = await room.comesIn('Ben');
    await agree(connection, [ana.id, ben.id]);
    expect(connection.state.status).toBe(VoiceConnectionStatus.Ready);
  });

  it('leaves and comes back, while somebody has come who stays outside', async () => {
    room = await aRoom();
    const [ana, ben] = [await room.comesIn('Ana'), await room.comesIn('Ben')];
    const first = await room.joins();
    await agree(first, [ana.id, ben.id]);
    first.destroy();
    const { faults } = room.sandbox.voice;
    await ben.leave();
    faults.keepOutside(ben.id);
    await ben.join('talk');
    const again = await room.joins();
    await agree(again, [ana.id]);
    expect(room.sandbox.voice.of(ben.id).privacyCode()).toBeUndefined();
  });

  it('sees that somebody is outside of the group', async () => {
    room = await aRoom();
    const [ana, ben] = [await room.comesIn('Ana'), await room.comesIn('Ben')];
    room.sandbox.voice.faults.keepOutside(ben.id);
    const connection = await room.joins();
    await agree(connection, [ana.id]);
    expect(room.sandbox.voice.of(ben.id).privacyCode()).toBeUndefined();
    await expect(connection.getVerificationCode(ben.id)).rejects.toThrow();
  });
});
