/** Hearth in a real call: encrypted with everybody in it, heard by them, and hearing only what it was asked to hear. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { measure, packetsOf } from '../../../sandbox/voice/sound.ts';
import type { Score } from '../../../src/core/sound.ts';
import type { DesiredCall } from '../../../src/ports/voice.ts';
import { type Company, company } from './company.ts';
import { oggOf, tonePackets, webmOf } from './files.ts';

let group: Company;
afterEach(() => group.stop());

const tone = (lengthMs: number, hertz = 440, dBFS = -20): Score => ({
  lengthMs,
  tones: [{ atMs: 0, durationMs: lengthMs, hertz, dBFS, fadeMs: 40 }],
});

const person = (index: number) => group.people[index] ?? expect.fail('there is no such person');
const comeIn = async (...indices: readonly number[]): Promise<void> => {
  for (const index of indices) await person(index).join(group.rooms[0]);
};
/** What somebody heard of Hearth. */
const heardBy = (index: number) =>
  group.sandbox.voice
    .of(person(index).id)
    .heard()
    .filter(({ from, packet }) => from === group.sandbox.bot.id && packet.length > 3);

describe('a call', () => {
  it('has the same code for Hearth and for everybody, through comings, goings and a move', async () => {
    group = await company(3);
    await group.joined();
    expect(await group.encryption()).toEqual({ state: 'alone' });
    await comeIn(0, 1);
    const first = await group.agreed(person(0), person(1));
    await comeIn(2);
    await expect.poll(group.encryption, { timeout: 10_000 }).not.toMatchObject({ privacyCode: first });
    const second = await group.agreed(person(0), person(1), person(2));
    await person(1).leave();
    await expect.poll(group.encryption, { timeout: 10_000 }).not.toMatchObject({ privacyCode: second });
    await group.agreed(person(0), person(2));
    for (const { id } of [person(0), person(2)]) {
      const theirs = await group.sandbox.voice.of(id).verificationCode(group.sandbox.bot.id);
      expect(await group.voice.verification(group.guildId, group.rooms[0], id)).toBe(
        theirs.replace(/\D/g, ''),
      );
    }
    expect(await group.voice.verification(group.guildId, group.rooms[0], person(1).id)).toBeUndefined();
    expect(
      await group.voice.bring(group.guildId, { channelId: group.rooms[1], notesSpeaking: false }),
    ).toEqual({ did: 'joined' });
    expect(await group.encryption()).toEqual({ state: 'unknown' });
    expect(await group.voice.encryption(group.guildId, group.rooms[1])).toEqual({ state: 'alone' });
    expect(await group.voice.bring(group.guildId, undefined)).toEqual({ did: 'left' });
    expect(group.asked).toHaveLength(3);
  });

  it('tells no code while a downgrade holds, and another afterwards', async () => {
    group = await company(2);
    await comeIn(0, 1);
    await group.joined();
    const before = await group.agreed(person(0), person(1));
    const told = (...states: readonly string[]) =>
      expect
        .poll(() => group.told.map(({ encryption }) => encryption.state), { timeout: 10_000 })
        .toEqual(states);
    await told('on');
    group.sandbox.voice.faults.downgrade();
    await expect.poll(group.encryption, { timeout: 10_000 }).toEqual({ state: 'off' });
    await told('on', 'off');
    group.sandbox.voice.faults.upgrade();
    const after = await group.agreed(person(0), person(1));
    expect(after).not.toBe(before);
    await told('on', 'off', 'on');
    expect(group.told.at(-1)?.encryption).toMatchObject({ privacyCode: after });
  });

  it('names who is in the room and not in the group', async () => {
    group = await company(2);
    group.sandbox.voice.faults.keepOutside(person(1).id);
    await comeIn(0, 1);
    await group.joined();
    await expect
      .poll(group.encryption, { timeout: 10_000 })
      .toMatchObject({ state: 'on', outside: [person(1).id] });
    await expect
      .poll(() => group.told.at(-1)?.encryption, { timeout: 10_000 })
      .toMatchObject({ outside: [person(1).id] });
  });

  it('is not left while somebody waits to know how it is encrypted, and is when it is wished again later', async () => {
    group = await company(2);
    await comeIn(0, 1);
    group.sandbox.voice.faults.keepOutside(person(1).id);
    await group.joined();
    const seen = group.voice.encryption(group.guildId, group.rooms[0], 1_500);
    expect(await group.voice.bring(group.guildId, undefined)).toEqual({ did: 'joined' });
    expect((await seen).state).toBe('on');
    expect(await group.voice.bring(group.guildId, undefined)).toEqual({ did: 'joined' });
    await expect
      .poll(() => group.voice.bring(group.guildId, undefined), { timeout: 10_000 })
      .toEqual({ did: 'left' });
  });

  it('has twelve people and Hearth in one group', async () => {
    group = await company(12);
    await comeIn(...group.people.keys());
    await group.joined();
    await group.agreed(...group.people);
    await expect.poll(group.encryption, { timeout: 10_000 }).toMatchObject({ outside: [] });
  });
});

describe('what is played', () => {
  const piece = (over: object = {}): Partial<DesiredCall> => ({
    plays: {
      id: 'p',
      sound: { kind: 'score', score: tone(20_000) },
      state: 'playing',
      positionMs: 0,
      ...over,
    },
  });

  it('is heard by the people, encrypted, at its pace and as loud as it says', async () => {
    group = await company(1);
    await comeIn(0);
    await group.joined();
    await group.agreed(person(0));
    await group.bring(piece());
    await sleep(2_000);
    const heard = heardBy(0);
    expect(heard.length).toBeGreaterThan(90);
    expect(heard.length).toBeLessThan(110);
    expect(heard.every(({ encrypted }) => encrypted)).toBe(true);
    const { dBFS, hertz } = measure(heard.slice(10, 60).map(({ packet }) => packet));
    expect(Math.abs(dBFS - -20)).toBeLessThan(1);
    expect(Math.abs(hertz - 440)).toBeLessThan(10);
    await group.bring(piece({ state: 'paused', positionMs: 2_000 }));
    await sleep(300);
    const paused = heardBy(0).length;
    expect(await group.voice.chime(group.guildId, group.rooms[0], tone(300, 880))).toBe(true);
    await sleep(300);
    expect(heardBy(0).length - paused).toBe(15);
    await group.bring(piece());
    expect(await group.voice.chime(group.guildId, group.rooms[0], tone(300, 880))).toBe(false);
    await group.bring(piece({ positionMs: 19_800 }));
    await sleep(1_000);
    const over = heardBy(0).length;
    await group.bring(piece({ positionMs: 21_000 }));
    await sleep(300);
    expect(heardBy(0)).toHaveLength(over);
  });

  it.each([
    ['Ogg', oggOf],
    ['WebM', webmOf],
  ] as const)('may be a recording in %s, whose packets arrive as they are', async (_name, fileOf) => {
    group = await company(1);
    await comeIn(0);
    await group.joined();
    await group.agreed(person(0));
    const packets = tonePackets(50);
    await group.bring(piece({ sound: { kind: 'recording', load: async () => fileOf(packets) } }));
    await sleep(1_500);
    expect(heardBy(0).map(({ packet }) => packet.toString('hex'))).toEqual(
      packets.map((each) => Buffer.from(each).toString('hex')),
    );
  });
});

describe('a microphone check', () => {
  const check = (listenMs = 1_500) => {
    const stages: string[] = [];
    const { promise: listening, resolve } = Promise.withResolvers<void>();
    const outcome = group.voice.check({
      guildId: group.guildId,
      channelId: group.rooms[0],
      account: person(0).id,
      prompt: tone(300, 660),
      listenMs,
      begun: (stage) => {
        stages.push(stage);
        if (stage === 'listening') resolve();
      },
    });
    return { outcome, listening, stages };
  };
  const speaks = (packets: readonly Buffer[]) => group.sandbox.voice.of(person(0).id).speak({ packets });
  const alone = async (): Promise<void> => {
    group = await company(2);
    await comeIn(0);
    await group.joined();
    await group.agreed(person(0));
  };

  it('measures within one decibel whatever is sent, and plays the very same packets back', async () => {
    await alone();
    for (const dBFS of [-60, -40, -20, -6]) {
      const { outcome, listening, stages } = check(1_000);
      const packets = packetsOf({ tone: { hertz: 300, dBFS }, ms: 2_000 });
      await listening;
      const before = heardBy(0).length;
      const spoken = speaks(packets);
      const heard = await outcome;
      await spoken;
      if (heard.did !== 'heard') expect.fail(`it was not heard: ${heard.why}`);
      expect(Math.abs(heard.reading.dBFS - dBFS)).toBeLessThan(1);
      expect(heard.reading.clipped).toBe(0);
      expect(heard.playedBack).toBe(true);
      expect(stages).toEqual(['listening', 'playing-back']);
      const sent = packets.map((packet) => packet.toString('hex'));
      const back = heardBy(0)
        .slice(before)
        .map(({ packet }) => packet.toString('hex'));
      expect(back.length * 20).toBe(heard.reading.heardMs);
      expect(sent.join(' ')).toContain(back.join(' '));
    }
  });

  it('tells what is overdriven from what is loud, silence from nothing', async () => {
    await alone();
    const readingOf = async (packets: readonly Buffer[]) => {
      const { outcome, listening } = check(800);
      await listening;
      const spoken = packets.length > 0 ? speaks(packets) : undefined;
      const heard = await outcome;
      await spoken;
      return heard.did === 'heard' ? heard.reading : expect.fail(heard.why);
    };
    expect(
      (await readingOf(packetsOf({ tone: { hertz: 300, dBFS: 0 }, ms: 1_000 }))).clipped,
    ).toBeGreaterThan(0.05);
    expect((await readingOf(packetsOf({ tone: { hertz: 300, dBFS: -6 }, ms: 1_000 }))).clipped).toBe(0);
    const silent = await readingOf(packetsOf({ silenceMs: 1_000 }));
    expect(silent.dBFS).toBe(-100);
    expect(silent.heardMs).toBeGreaterThan(500);
    expect(await readingOf([])).toEqual({ heardMs: 0, dBFS: -100, peakDBFS: -100, clipped: 0 });
  });

  it('ends when the person leaves, or when another call is wished', async () => {
    await alone();
    const first = check();
    await first.listening;
    await person(0).leave();
    expect(await first.outcome).toEqual({ did: 'failed', why: 'person-left' });
    await comeIn(0);
    await group.agreed(person(0));
    const second = check();
    await second.listening;
    await group.bring({ channelId: group.rooms[1] });
    expect(await second.outcome).toEqual({ did: 'failed', why: 'interrupted' });
    expect(await check().outcome).toEqual({ did: 'failed', why: 'not-in-call' });
  });
});

describe('talk time', () => {
  it('is noted for each by when their sound comes and goes, only while it is wished', async () => {
    group = await company(2);
    await comeIn(0, 1);
    await group.joined();
    await group.agreed(person(0), person(1));
    const speak = (index: number, ms: number) =>
      group.sandbox.voice.of(person(index).id).speak({ tone: { hertz: 300, dBFS: -20 }, ms });
    await speak(0, 300);
    await group.bring({ notesSpeaking: true });
    await sleep(300);
    const lengths = [500, 1_000, 700];
    for (const ms of lengths) {
      await Promise.all([speak(0, ms), speak(1, ms / 2)]);
      await sleep(300);
    }
    await expect.poll(() => group.spoken.length, { timeout: 10_000 }).toBe(6);
    for (const [index, factor] of [
      [0, 1],
      [1, 0.5],
    ] as const) {
      const noted = group.spoken.filter(({ account }) => account === person(index).id);
      noted.forEach(({ from, to }, each) => {
        expect(Math.abs(to.getTime() - from.getTime() - (lengths[each] ?? 0) * factor)).toBeLessThan(300);
      });
    }
    await group.bring({ notesSpeaking: false });
    await speak(0, 300);
    await sleep(400);
    expect(group.spoken).toHaveLength(6);
  });
});
