/** Makes a score into sound: any frame of it by itself, so that nothing is kept and any moment can be the first. */
import type { Score, Tone } from '../../../core/sound.ts';
import { SECOND } from '../../../core/time.ts';
import { amplitudeOf, FRAME, FRAME_MS, FULL_SCALE, RATE } from './frame.ts';

/** Rises from 0 to 1 along half a cosine, without a corner at either end. */
const raisedCosine = (share: number): number => (1 - Math.cos(Math.PI * Math.min(1, Math.max(0, share)))) / 2;

/** How far a tone has come in, or gone out, so many milliseconds after its beginning. */
const envelope = ({ durationMs, fadeMs }: Tone, ms: number): number => {
  const fade = Math.min(fadeMs, durationMs / 2);
  return fade <= 0 ? 1 : raisedCosine(ms / fade) * raisedCosine((durationMs - ms) / fade);
};

/** Where a tone that glides evenly stands in its wave: cycles since its beginning. */
const cycles = ({ hertz, toHertz = hertz, durationMs }: Tone, ms: number): number =>
  (hertz + ((toHertz - hertz) * ms) / (2 * durationMs)) * (ms / SECOND);

/** A sine is louder at its crest than in the mean by this factor. */
const CREST = Math.SQRT2;

const sounding = (tone: Tone, ms: number): number =>
  amplitudeOf(tone.dBFS) * CREST * envelope(tone, ms) * Math.sin(2 * Math.PI * cycles(tone, ms));

/** Up to here a sum of tones is left as it is; what is above is bent, and never reaches 1. */
const STRAIGHT = 0.8;

const bent = (value: number): number => {
  const above = Math.abs(value) - STRAIGHT;
  if (above <= 0) return value;
  return Math.sign(value) * (STRAIGHT + (1 - STRAIGHT) * Math.tanh(above / (1 - STRAIGHT)));
};

const soundsIn = (fromMs: number, { atMs, durationMs }: Tone): boolean =>
  atMs < fromMs + FRAME_MS && atMs + durationMs > fromMs;

const valueAt = (tones: readonly Tone[], atMs: number): number => {
  let sum = 0;
  for (const tone of tones) {
    const ms = atMs - tone.atMs;
    if (ms >= 0 && ms < tone.durationMs) sum += sounding(tone, ms);
  }
  return bent(sum);
};

/** Frames of a score; a piece of one counts. */
export const framesOf = ({ lengthMs }: Score): number => Math.ceil(lengthMs / FRAME_MS);

/** The frame of that number (from 0) as 16-bit samples of one channel. */
export const frameOf = (score: Score, number: number): Int16Array => {
  const fromMs = number * FRAME_MS;
  const tones = score.tones.filter((tone) => soundsIn(fromMs, tone));
  const samples = new Int16Array(FRAME);
  if (tones.length === 0) return samples;
  return samples.map((_, index) =>
    Math.round(valueAt(tones, fromMs + (index * SECOND) / RATE) * (FULL_SCALE - 1)),
  );
};

/** Comes in over the whole frame: a sound that is taken up in its middle begins without a click. */
export const easedIn = (samples: Int16Array): Int16Array =>
  samples.map((sample, index) => Math.round(sample * raisedCosine(index / samples.length)));
