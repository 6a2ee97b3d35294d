/** Measures a microphone: how loud the part is in which somebody speaks. Only numbers are kept, a few for each frame. */
import type { Reading } from '../../../core/microphone.ts';
import { SECOND } from '../../../core/time.ts';
import { FULL_SCALE, RATE } from './frame.ts';

/** Decibels below full scale of what is no sound at all. */
const NOTHING = -100;

/** A sample that was cut off is near the edge and no longer at it: Opus bends what would overshoot. */
const EDGE = FULL_SCALE * 0.98;

/** Speech has its loudest frames about where this share of them is quieter. */
const LOUD_SHARE = 0.9;
/** Decibels below those at which nobody speaks: a pause, a breath, the hum of the room. */
const PAUSE_BELOW = 15;

const decibels = (ratio: number): number => Math.max(NOTHING, 10 * Math.log10(ratio));

export interface Meter {
  add(samples: Int16Array): void;
  reading(): Reading;
}

/** Mean square of the frames within reach of the loud ones: all of a steady tone, and speech without its pauses. */
const louderPart = (energies: readonly number[]): number => {
  const sorted = energies.toSorted((one, other) => one - other);
  const loud = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * LOUD_SHARE))] ?? 0;
  const part = sorted.filter((energy) => energy >= loud / 10 ** (PAUSE_BELOW / 10));
  return part.reduce((sum, energy) => sum + energy, 0) / part.length;
};

/** Nothing heard yet, of so many channels that are interleaved. */
export const startMeter = (channels: number): Meter => {
  const energies: number[] = [];
  let samplesHeard = 0;
  let peak = 0;
  let cut = 0;
  return {
    add: (samples) => {
      let energy = 0;
      for (const sample of samples) {
        const size = Math.abs(sample);
        energy += sample * sample;
        if (size > peak) peak = size;
        if (size >= EDGE) cut += 1;
      }
      samplesHeard += samples.length;
      if (samples.length > 0) energies.push(energy / samples.length);
    },
    reading: () => {
      if (samplesHeard === 0) return { heardMs: 0, dBFS: NOTHING, peakDBFS: NOTHING, clipped: 0 };
      return {
        heardMs: Math.round((samplesHeard / channels / RATE) * SECOND),
        dBFS: Math.min(0, decibels(louderPart(energies) / FULL_SCALE ** 2)),
        peakDBFS: Math.min(0, decibels((peak / FULL_SCALE) ** 2)),
        clipped: cut / samplesHeard,
      };
    },
  };
};
