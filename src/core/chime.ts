/** The chime that tells, softly, that a part of the session begins. */
import type { Phase } from './agenda.ts';
import type { Score } from './sound.ts';

/** Hertz of the lower of its two partials: the closing sounds a little lower than the rest. */
const HERTZ: Readonly<Record<Phase, number>> = {
  welcome: 440,
  'check-in': 440,
  grounding: 440,
  review: 440,
  topic: 440,
  discussion: 440,
  exercise: 440,
  reflection: 349.23,
};

/** A second and a half: two gentle partials at -26 and -32 dBFS, a fifth apart. */
export const chimeFor = (phase: Phase): Score => ({
  lengthMs: 1_500,
  tones: [
    { atMs: 0, durationMs: 1_500, hertz: HERTZ[phase], dBFS: -26, fadeMs: 450 },
    { atMs: 0, durationMs: 1_100, hertz: HERTZ[phase] * 1.5, dBFS: -32, fadeMs: 400 },
  ],
});
