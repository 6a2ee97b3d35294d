/** What is learned of a microphone in a few seconds of listening. */

/** Measured over what was heard, and nothing of what was said. */
export interface Reading {
  /** Milliseconds of sound that arrived; 0 when nothing did. */
  readonly heardMs: number;
  /** Root mean square over the louder part, where somebody speaks: decibels below full scale, from -100 to 0. */
  readonly dBFS: number;
  /** The loudest sample: decibels below full scale, from -100 to 0. */
  readonly peakDBFS: number;
  /** Share of samples at the very edge of what can be told, from 0 to 1. */
  readonly clipped: number;
}
