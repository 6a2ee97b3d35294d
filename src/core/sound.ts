/** What is to be heard, as data: tones in time, which whoever plays them makes into sound. */

export interface Tone {
  /** Milliseconds from the beginning of the score. */
  readonly atMs: number;
  readonly durationMs: number;
  /** Pitch at the beginning, in hertz. */
  readonly hertz: number;
  /** Pitch at the end, in hertz, to which it glides; the same when missing. */
  readonly toHertz?: number;
  /** Loudness (root mean square) while it sounds fully: decibels below full scale, so never above 0. */
  readonly dBFS: number;
  /** Milliseconds in which it comes and goes, so that nothing clicks and nobody is startled. */
  readonly fadeMs: number;
}

/** Tones may sound together. */
export interface Score {
  readonly lengthMs: number;
  readonly tones: readonly Tone[];
}
