/** What sounds on a line: at its pace, where it is wished to be, one thing at a time. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPlayer, type Player, type Wanted } from '../../../src/adapters/voice/child/player.ts';
import { isSilence } from '../../../src/adapters/voice/sound/frame.ts';
import { type Source, sourceOfPackets } from '../../../src/adapters/voice/sound/source.ts';

/** Each packet is its own number. */
const source: Source = sourceOfPackets(
  Array.from({ length: 500 }, (_, index) => Uint8Array.of(index & 255, index >> 8)),
);

const sent: number[] = [];
let silences = 0;
let rests = 0;
let player: Player;

const wanted = (positionMs: number, over: Partial<Wanted> = {}): Wanted => ({
  id: 'p',
  source,
  state: 'playing',
  positionMs,
  ...over,
});

beforeEach(() => {
  vi.useFakeTimers();
  [sent.length, silences, rests] = [0, 0, 0];
  player = openPlayer({
    send: (packet) => {
      if (isSilence(packet)) silences += 1;
      else sent.push((packet[0] ?? 0) + (packet[1] ?? 0) * 256);
    },
    rest: () => {
      rests += 1;
    },
  });
});

afterEach(() => {
  player.stop();
  vi.useRealTimers();
});

const isGapless = (): boolean => sent.every((number, index) => number === (sent[0] ?? 0) + index);

describe('a piece', () => {
  it('is sent at its pace, and ends in silence', async () => {
    player.bring(wanted(9_000));
    await vi.advanceTimersByTimeAsync(500);
    expect(sent.length).toBeGreaterThanOrEqual(24);
    expect(sent.length).toBeLessThanOrEqual(26);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([sent.length, sent.at(-1), silences, rests]).toEqual([50, 499, 5, 1]);
    player.bring(wanted(11_000));
    await vi.advanceTimersByTimeAsync(500);
    expect([sent.length, silences]).toEqual([50, 5]);
  });

  it('goes on untouched when it is about where it ought to be, and is moved when it is not', async () => {
    player.bring(wanted(0));
    for (let each = 1; each <= 5; each += 1) {
      await vi.advanceTimersByTimeAsync(200);
      player.bring(wanted(each * 200 + 1_500));
    }
    expect(isGapless()).toBe(true);
    player.bring(wanted(6_000));
    await vi.advanceTimersByTimeAsync(20);
    expect(sent.at(-1)).toBeGreaterThanOrEqual(300);
  });

  it('begins with its first sound, though it is wished a moment later', async () => {
    player.bring(wanted(700));
    await vi.advanceTimersByTimeAsync(20);
    expect(sent[0]).toBe(0);
  });

  it('pauses where it is, and goes on from there', async () => {
    player.bring(wanted(0));
    await vi.advanceTimersByTimeAsync(1_000);
    player.bring(wanted(1_000, { state: 'paused' }));
    const paused = sent.length;
    await vi.advanceTimersByTimeAsync(5_000);
    expect([sent.length, silences, rests]).toEqual([paused, 5, 1]);
    player.bring(wanted(1_000));
    await vi.advanceTimersByTimeAsync(500);
    expect(sent.length).toBeGreaterThan(paused + 20);
    expect(isGapless()).toBe(true);
  });

  it('gives way to another, and to nothing', async () => {
    player.bring(wanted(0));
    await vi.advanceTimersByTimeAsync(100);
    player.bring(wanted(4_000, { id: 'q' }));
    await vi.advanceTimersByTimeAsync(100);
    expect(sent.at(-1)).toBeGreaterThanOrEqual(200);
    player.bring(undefined);
    const before = sent.length;
    await vi.advanceTimersByTimeAsync(500);
    expect([sent.length, silences]).toEqual([before, 5]);
  });

  it('is caught up with after a short stall, and not hurried through after a long one', async () => {
    player.bring(wanted(0));
    await vi.advanceTimersByTimeAsync(200);
    const before = sent.length;
    vi.setSystemTime(Date.now() + 10_000);
    await vi.advanceTimersByTimeAsync(200);
    expect(sent.length - before).toBeLessThan(20);
    expect(isGapless()).toBe(true);
  });
});

describe('a sound that is played once', () => {
  const short = sourceOfPackets([Uint8Array.of(7, 1), Uint8Array.of(8, 1)]);

  it('is heard when nothing else is', async () => {
    const played = player.once(short);
    await vi.advanceTimersByTimeAsync(300);
    expect(await played).toBe(true);
    expect([sent.length, silences]).toEqual([2, 5]);
  });

  it('is refused while a piece plays or another of its kind, and heard while the piece is paused', async () => {
    player.bring(wanted(0));
    expect(await player.once(short)).toBe(false);
    player.bring(wanted(0, { state: 'paused' }));
    const played = player.once(short);
    expect(await player.once(short)).toBe(false);
    await vi.advanceTimersByTimeAsync(300);
    expect(await played).toBe(true);
  });

  it('ends when a piece begins, or when it is hushed', async () => {
    const one = player.once(source);
    await vi.advanceTimersByTimeAsync(100);
    player.bring(wanted(0));
    expect(await one).toBe(false);
    player.bring(undefined);
    await vi.advanceTimersByTimeAsync(200);
    const other = player.once(source);
    player.hush();
    expect(await other).toBe(false);
  });
});
