/** Scores as sound, and sound as a reading of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCodec } from '../../../src/adapters/voice/sound/codec.ts';
import { startMeter } from '../../../src/adapters/voice/sound/level.ts';
import { sourceOfScore } from '../../../src/adapters/voice/sound/source.ts';
import { frameOf, framesOf } from '../../../src/adapters/voice/sound/tones.ts';
import type { Score, Tone } from '../../../src/core/sound.ts';

const steady = (dBFS: number, durationMs = 1_000): Score => ({
  lengthMs: durationMs,
  tones: [{ atMs: 0, durationMs, hertz: 500, dBFS, fadeMs: 0 }],
});

const samplesOf = (score: Score): number[] =>
  Array.from({ length: framesOf(score) }, (_, index) => [...frameOf(score, index)]).flat();

const decibels = (samples: readonly number[]): number =>
  10 * Math.log10(samples.reduce((sum, each) => sum + (each / 32_768) ** 2, 0) / samples.length);

/** Through Opus and back, measured as a microphone is. */
const readingOf = (frames: readonly Int16Array[]) => {
  const codec = openCodec(1);
  const meter = startMeter(1);
  for (const frame of frames) meter.add(codec.decode(codec.encode(frame)) ?? expect.fail('not decoded'));
  return meter.reading();
};

describe('a score', () => {
  it('is as loud as it says', () => {
    for (const dBFS of [-60, -40, -20, -6]) expect(decibels(samplesOf(steady(dBFS)))).toBeCloseTo(dBFS, 1);
  });

  it('comes and goes without a click, and is silent around its tones', () => {
    const tone: Tone = { atMs: 100, durationMs: 500, hertz: 300, toHertz: 600, dBFS: -12, fadeMs: 100 };
    const samples = samplesOf({ lengthMs: 800, tones: [tone] });
    expect(samples.slice(0, 4_800).every((each) => each === 0)).toBe(true);
    expect(samples.slice(28_800).every((each) => each === 0)).toBe(true);
    const steps = samples.slice(1).map((each, index) => Math.abs(each - (samples[index] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(
      32_768 * 10 ** (-12 / 20) * Math.SQRT2 * ((2 * Math.PI * 600) / 48_000) * 1.05,
    );
  });

  it('never clips, however many tones sound together', () => {
    const tone = fc.record({
      atMs: fc.nat(40),
      durationMs: fc.integer({ min: 1, max: 60 }),
      hertz: fc.integer({ min: 20, max: 8_000 }),
      toHertz: fc.integer({ min: 20, max: 8_000 }),
      dBFS: fc.integer({ min: -60, max: 0 }),
      fadeMs: fc.nat(80),
    });
    fc.assert(
      fc.property(fc.array(tone, { maxLength: 12 }), (tones) =>
        samplesOf({ lengthMs: 60, tones }).every((each) => Math.abs(each) <= 32_767),
      ),
      { numRuns: 100 },
    );
  });

  it('sounds the same from any moment on, made while it is played', () => {
    const long = { ...steady(-20, 20 * 60_000) };
    const begun = performance.now();
    const packets = sourceOfScore(long).packets(19 * 60_000);
    expect(packets.next().value).toBeInstanceOf(Uint8Array);
    expect(performance.now() - begun).toBeLessThan(500);
    expect([...sourceOfScore(steady(-20)).packets(900)]).toHaveLength(5);
  });

  it('can be made many times at once', () => {
    const codecs = Array.from({ length: 60 }, () => openCodec(1));
    const frame = frameOf(steady(-20), 3);
    for (const codec of codecs) for (let each = 0; each < 5; each += 1) codec.encode(frame);
    for (const codec of codecs) {
      for (let each = 0; each < 5; each += 1) codec.decode(codec.encode(frame));
      expect(decibels([...(codec.decode(codec.encode(frame)) ?? [])])).toBeCloseTo(-20, 0);
    }
  });
});

describe('a microphone', () => {
  const framesAt = (amplitude: number, count = 50): Int16Array[] =>
    Array.from({ length: count }, (_, frame) =>
      Int16Array.from({ length: 960 }, (_, index) => {
        const value = amplitude * Math.sin((2 * Math.PI * 300 * (frame * 960 + index)) / 48_000);
        return Math.round(Math.max(-1, Math.min(1, value)) * 32_767);
      }),
    );

  it.each([-60, -40, -20, -6, 0])('at %i dBFS is measured within one decibel', (peak) => {
    const reading = readingOf(framesAt(10 ** (peak / 20)));
    expect(Math.abs(reading.dBFS - (peak - 3.01))).toBeLessThan(1);
    expect(Math.abs(reading.peakDBFS - peak)).toBeLessThan(1.5);
    expect(reading.heardMs).toBe(1_000);
  });

  it('that is overdriven is told by what is cut off, and one that is not has nothing of it', () => {
    expect(readingOf(framesAt(4)).clipped).toBeGreaterThan(0.05);
    expect(readingOf(framesAt(0.5)).clipped).toBe(0);
  });

  it('is measured where somebody speaks, not in the pauses', () => {
    const silence = Array.from({ length: 60 }, () => new Int16Array(960));
    const reading = readingOf([...silence, ...framesAt(0.1, 20), ...silence]);
    expect(Math.abs(reading.dBFS - -23.01)).toBeLessThan(1);
    expect(reading.heardMs).toBe(2_800);
  });

  it('that gives silence was heard, and one that gives nothing was not', () => {
    expect(readingOf(framesAt(0))).toEqual({ heardMs: 1_000, dBFS: -100, peakDBFS: -100, clipped: 0 });
    expect(readingOf([])).toEqual({ heardMs: 0, dBFS: -100, peakDBFS: -100, clipped: 0 });
  });
});
