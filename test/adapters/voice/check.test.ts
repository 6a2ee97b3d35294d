/** A microphone check, step by step, and everything by which it may end too soon: what was heard is forgotten always. */
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Call } from '../../../src/adapters/voice/call.ts';
import { runCheck } from '../../../src/adapters/voice/check.ts';
import { openEar } from '../../../src/adapters/voice/child/ear.ts';
import { SILENCE } from '../../../src/adapters/voice/sound/frame.ts';
import { tonePackets } from './files.ts';
import { type StandInLine, standInProcess } from './standing-in.ts';

const READING = { heardMs: 1_000, dBFS: -20, peakDBFS: -17, clipped: 0 };

let line: StandInLine;
let answers: Record<string, (about: object) => unknown>;
let disturb: () => void;
const hearkened: boolean[] = [];
const stages: string[] = [];

const call = {
  hearken: async (hears: boolean) => void hearkened.push(hears),
  disturbed: (tell: () => void) => {
    disturb = tell;
  },
  // A check needs nothing else of a call.
} as unknown as Call;

const run = () =>
  runCheck(call, line, {
    guildId: '100',
    channelId: '200',
    account: '300',
    prompt: { lengthMs: 100, tones: [] },
    listenMs: 2_000,
    begun: (stage) => void stages.push(stage),
  });

beforeEach(() => {
  vi.useFakeTimers();
  const process = standInProcess();
  answers = process.answers;
  Object.assign(answers, {
    once: () => true,
    listen: () => READING,
    playBack: () => true,
    forget: () => true,
  });
  process.open('100', '200', {
    ready: () => undefined,
    connecting: () => undefined,
    lost: () => undefined,
    stirred: () => undefined,
    spoke: () => undefined,
  });
  line = process.latest();
  hearkened.length = 0;
  stages.length = 0;
});

afterEach(() => void vi.useRealTimers());

describe('a check', () => {
  it('prompts, listens, plays back, forgets, and is deaf before and after it listens', async () => {
    answers['listen'] = () => new Promise((resolve) => setTimeout(resolve, 2_500, READING));
    const { outcome } = run();
    await vi.advanceTimersByTimeAsync(400);
    expect(stages).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_200);
    expect(await outcome).toEqual({ did: 'heard', reading: READING, playedBack: true });
    expect(line.asked).toEqual(['once', 'listen', 'playBack', 'forget']);
    expect(stages).toEqual(['listening', 'playing-back']);
    expect(hearkened).toEqual([true, false, false]);
  });

  it('plays nothing back when nothing was heard', async () => {
    answers['listen'] = () => ({ ...READING, heardMs: 0 });
    expect(await run().outcome).toMatchObject({ did: 'heard', playedBack: false });
    expect(line.asked).toEqual(['once', 'listen', 'forget']);
  });

  it.each(['once', 'listen', 'playBack'])(
    'ends when the person leaves during %s, or something else is wished',
    async (step) => {
      for (const why of ['person-left', 'interrupted'] as const) {
        answers[step] = () => new Promise(() => undefined);
        const check = run();
        await vi.advanceTimersByTimeAsync(1_000);
        if (why === 'person-left') check.end('person-left');
        else disturb();
        expect(await check.outcome).toEqual({ did: 'failed', why });
        expect(line.asked.at(-1)).toBe('forget');
        expect(hearkened.at(-1)).toBe(false);
      }
    },
  );

  it('ends when the line is lost', async () => {
    answers['listen'] = () => undefined;
    expect(await run().outcome).toEqual({ did: 'failed', why: 'interrupted' });
  });
});

describe('what an ear hears', () => {
  const packets = tonePackets(60, -20);

  /** An ear, and what speaks into it: one packet every 20 ms, from the beginning. */
  const listening = (isClear = () => true) => {
    const streams: PassThrough[] = [];
    const ear = openEar({
      subscribe: () => {
        const stream = new PassThrough({ objectMode: true });
        streams.push(stream);
        return stream;
      },
      isClear,
    });
    const own = packets.map((packet) => Buffer.from(packet));
    const reading = ear.listen('300', 500);
    const speak = async (): Promise<void> => {
      for (const packet of own) {
        streams.at(-1)?.write(packet);
        await vi.advanceTimersByTimeAsync(20);
      }
    };
    return { ear, own, reading, speak, streams };
  };

  it('is measured and kept as it came, without its first half second', async () => {
    const { ear, own, reading, speak } = listening();
    await speak();
    const { heardMs, dBFS } = (await reading) ?? expect.fail('it was forgotten');
    expect(heardMs).toBe(500);
    expect(Math.abs(dBFS - -20)).toBeLessThan(1);
    expect(ear.packets()).toEqual(own.slice(25, 50));
    expect(ear.packets().map((packet) => Buffer.from(packet))).toEqual(
      packets.slice(25, 50).map((each) => Buffer.from(each)),
    );
  });

  it('is never more than the time that it listens for, however many packets come', async () => {
    const { ear, reading, streams } = listening();
    await vi.advanceTimersByTimeAsync(501);
    const flood = Array.from({ length: 5 }, () => packets.map((packet) => Buffer.from(packet))).flat();
    for (const packet of flood) streams[0]?.write(packet);
    await vi.advanceTimersByTimeAsync(600);
    expect(await reading).toMatchObject({ heardMs: 500 });
    expect(ear.packets()).toEqual(flood.slice(0, 25));
    expect(flood.slice(25).every((packet) => packet.every((byte) => byte === 0))).toBe(true);
  });

  it('is nothing but zeros when it was forgotten, also what was not kept', async () => {
    const { ear, own, reading, speak } = listening();
    await speak();
    await reading;
    ear.forget();
    expect(own.slice(0, 50).every((packet) => packet.every((byte) => byte === 0))).toBe(true);
    expect(ear.packets()).toEqual([]);
  });

  it('is forgotten at once when it is interrupted', async () => {
    const { ear, own, reading, speak } = listening();
    const spoken = speak();
    await vi.advanceTimersByTimeAsync(1);
    ear.forget();
    expect(await reading).toBeUndefined();
    await spoken;
    expect(own.slice(0, 1).every((packet) => packet.every((byte) => byte === 0))).toBe(true);
  });

  it('does not count silence, what is no Opus, or what is encrypted for others', async () => {
    const { reading, streams } = listening();
    await vi.advanceTimersByTimeAsync(501);
    for (const packet of [SILENCE, Buffer.from([0xff, 0xff, 0xff, 0xff]), Buffer.alloc(0)])
      streams[0]?.write(Buffer.from(packet));
    await vi.advanceTimersByTimeAsync(600);
    expect(await reading).toMatchObject({ heardMs: 0, dBFS: -100 });
    const others = listening(() => false);
    await others.speak();
    expect(await others.reading).toMatchObject({ heardMs: 0 });
    expect(others.own.slice(0, 50).every((packet) => packet.every((byte) => byte === 0))).toBe(true);
  });

  it('goes on when packets could not be decrypted and the stream failed', async () => {
    const { reading, speak, streams } = listening();
    await vi.advanceTimersByTimeAsync(10);
    streams[0]?.destroy(new Error('Failed to decrypt'));
    await vi.advanceTimersByTimeAsync(60);
    expect(streams).toHaveLength(2);
    await speak();
    expect((await reading)?.heardMs).toBeGreaterThan(400);
  });
});
