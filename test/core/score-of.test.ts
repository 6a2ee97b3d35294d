/** How exercises and chimes sound: exactly as long as they take, soft, and never beyond full scale. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { english } from '../../content/en/index.ts';
import { PHASES } from '../../src/core/agenda.ts';
import { chimeFor } from '../../src/core/chime.ts';
import { BELL_MS, breathMs, type Course, courseOf, lengthOf } from '../../src/core/exercise.ts';
import { scoreOf } from '../../src/core/score-of.ts';
import type { Score, Tone } from '../../src/core/sound.ts';

/** Amplitude of a sine of that loudness, where full scale is 1. */
const peakOf = ({ dBFS }: Tone): number => Math.SQRT2 * 10 ** (dBFS / 20);

/** The most that all tones of any moment can add up to. */
const loudest = ({ tones }: Score): number =>
  Math.max(
    ...tones.map(({ atMs }) =>
      tones
        .filter((each) => each.atMs <= atMs && atMs < each.atMs + each.durationMs)
        .reduce((sum, each) => sum + peakOf(each), 0),
    ),
  );

const isSound = (score: Score): void => {
  for (const { atMs, durationMs, fadeMs, dBFS, hertz, toHertz = hertz } of score.tones) {
    expect(atMs).toBeGreaterThanOrEqual(0);
    expect(atMs + durationMs).toBeLessThanOrEqual(score.lengthMs);
    expect(fadeMs * 2).toBeLessThanOrEqual(durationMs);
    expect(dBFS).toBeLessThanOrEqual(-24);
    for (const each of [hertz, toHertz]) {
      expect(each).toBeGreaterThanOrEqual(200);
      expect(each).toBeLessThanOrEqual(1_000);
    }
  }
  expect(loudest(score)).toBeLessThan(0.25);
};

const seconds = fc.integer({ min: 1, max: 10 });
const maybe = fc.integer({ min: 0, max: 10 });
const breathing: fc.Arbitrary<Course> = fc.record({
  kind: fc.constant('breathing' as const),
  rhythm: fc.record({ inhale: seconds, hold: maybe, exhale: seconds, rest: maybe }),
  breaths: fc.integer({ min: 1, max: 100 }),
});

describe('an exercise as sound', () => {
  it('lasts as long as the exercise, to the millisecond, and never startles', () => {
    fc.assert(
      fc.property(breathing, (course) => {
        const score = scoreOf(course);
        expect(score.lengthMs).toBe(lengthOf(course));
        isSound(score);
      }),
      { numRuns: 50 },
    );
  });

  it.each(english.exercises.map((exercise) => [exercise.title, exercise] as const))(
    '%s: every number of minutes that may be asked for',
    (_title, exercise) => {
      for (let minutes = 1; minutes <= 10; minutes += 1) {
        const course = courseOf(exercise, minutes);
        isSound(scoreOf(course));
        const breath = course.kind === 'breathing' ? breathMs(course.rhythm) : 0;
        const asked = minutes * 60_000 + (course.kind === 'breathing' ? 2 * BELL_MS : 0);
        expect(Math.abs(lengthOf(course) - asked)).toBeLessThanOrEqual(breath / 2);
      }
    },
  );

  it('rises to breathe in, marks the hold, falls to breathe out, and marks the rest', () => {
    const rhythm = { inhale: 4, hold: 3, exhale: 5, rest: 2 };
    const { tones } = scoreOf({ kind: 'breathing', rhythm, breaths: 2 });
    const breath = tones.filter(({ atMs }) => atMs >= BELL_MS && atMs < BELL_MS + breathMs(rhythm));
    expect(breath.map(({ atMs }) => (atMs - BELL_MS) / 1_000)).toEqual([0, 4, 7, 12]);
    const [inhale, hold, exhale, rest] = breath;
    expect(inhale?.toHertz).toBeGreaterThan(inhale?.hertz ?? 0);
    expect(exhale?.toHertz).toBeLessThan(exhale?.hertz ?? 0);
    expect([inhale?.durationMs, exhale?.durationMs]).toEqual([4_000, 5_000]);
    for (const mark of [hold, rest]) expect(mark?.durationMs).toBeLessThan(500);
  });

  it('has no mark for a hold that there is not', () => {
    const rhythm = { inhale: 4, hold: 0, exhale: 6, rest: 0 };
    const { tones } = scoreOf({ kind: 'breathing', rhythm, breaths: 1 });
    expect(tones.filter(({ atMs }) => atMs >= BELL_MS && atMs < BELL_MS + 10_000)).toHaveLength(2);
  });
});

describe('the chime of a part', () => {
  it.each(PHASES)('%s: a second and a half, soft', (phase) => {
    const chime = chimeFor(phase);
    expect(chime.lengthMs).toBe(1_500);
    isSound(chime);
  });
});
