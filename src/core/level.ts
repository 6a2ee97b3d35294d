/**
 * What a reading of a microphone means, in the five words that help somebody.
 *
 * Telephony sets active speech at about -26 dB below overload (ITU-T P.56 tells how it is measured, P.830 names the
 * level), with peaks some 15 dB above it. Discord's clients lift and lower by some ten decibels at will. So speech from
 * -36 to -12 dBFS reaches the others well; from -48 on it is heard by whoever turns it up; below -60 there is the noise
 * of a device, and nobody who speaks. What is louder than -6 dBFS on average must clip, whatever its samples say; so
 * does whatever has one in a thousand of its samples at the edge.
 */
import type { Reading } from './microphone.ts';

export const LEVELS = ['good', 'quiet', 'very-quiet', 'clipping', 'nothing'] as const;
export type Level = (typeof LEVELS)[number];

/** Milliseconds of sound below which nobody has spoken: a click of the device, or a door. */
const LEAST_HEARD = 300;
/** dBFS, each the least of its level. */
const FROM = { loud: -6, good: -36, quiet: -48, veryQuiet: -60 } as const;
/** Share of samples at the edge. */
const CLIPS_FROM = 0.001;

/** The level of what was heard. */
export const classify = ({ heardMs, dBFS, clipped }: Reading): Level => {
  if (heardMs < LEAST_HEARD || dBFS < FROM.veryQuiet) return 'nothing';
  if (clipped >= CLIPS_FROM || dBFS > FROM.loud) return 'clipping';
  if (dBFS >= FROM.good) return 'good';
  return dBFS >= FROM.quiet ? 'quiet' : 'very-quiet';
};
