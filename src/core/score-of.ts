/**
 * How an exercise sounds: soft tones that say when to breathe in and out, and when something new is shown.
 *
 * Nothing startles: every tone comes and goes slowly, none is louder than -24 dBFS, and the loudest moment, when a bell
 * rings into a tone, stays far below full scale. A rising tone is the breath in, a falling one the breath out.
 */
import { BELL_MS, breathMs, type Course, lengthOf, type Rhythm } from './exercise.ts';
import type { Score, Tone } from './sound.ts';
import { SECOND } from './time.ts';

/** Hertz between which the breath glides: A3 and D4, where small loudspeakers still sound and nothing is shrill. */
const LOW = 220;
const HIGH = 293.66;

/** Two gentle partials that ring together, the upper one quieter. */
const bell = (atMs: number, hertz: number): readonly Tone[] => [
  { atMs, durationMs: BELL_MS - 500, hertz, dBFS: -27, fadeMs: 1_200 },
  { atMs, durationMs: BELL_MS - 1_500, hertz: hertz * 2, dBFS: -33, fadeMs: 900 },
];

const FADE_MS = 300;

/** A tone of so many seconds that glides; none for no seconds. */
const glide = (atMs: number, seconds: number, from: number, to: number): readonly Tone[] =>
  seconds === 0
    ? []
    : [{ atMs, durationMs: seconds * SECOND, hertz: from, toHertz: to, dBFS: -27, fadeMs: FADE_MS }];

/** A short quiet mark: now hold, or rest. */
const mark = (atMs: number, seconds: number, hertz: number): readonly Tone[] =>
  seconds === 0 ? [] : [{ atMs, durationMs: 400, hertz, dBFS: -30, fadeMs: 150 }];

const breath = (atMs: number, { inhale, hold, exhale, rest }: Rhythm): readonly Tone[] => {
  const heldAt = atMs + inhale * SECOND;
  const outAt = heldAt + hold * SECOND;
  return [
    ...glide(atMs, inhale, LOW, HIGH),
    ...mark(heldAt, hold, HIGH),
    ...glide(outAt, exhale, HIGH, LOW),
    ...mark(outAt + exhale * SECOND, rest, LOW),
  ];
};

/** Something new is shown: one soft tone. */
const cue = (atMs: number): Tone => ({ atMs, durationMs: 1_500, hertz: 440, dBFS: -28, fadeMs: 500 });

const within = (course: Course): readonly Tone[] => {
  if (course.kind === 'guided') return course.cuesAtMs.filter((atMs) => atMs > 0).map(cue);
  const { rhythm, breaths } = course;
  return Array.from({ length: breaths }, (_, index) =>
    breath(BELL_MS + index * breathMs(rhythm), rhythm),
  ).flat();
};

/** The whole exercise as a score, as long as the exercise to the millisecond. */
export const scoreOf = (course: Course): Score => {
  const lengthMs = lengthOf(course);
  return { lengthMs, tones: [...bell(0, 440), ...within(course), ...bell(lengthMs - BELL_MS, 440)] };
};
