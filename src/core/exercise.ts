/**
 * Guided exercises of a session: what each asks for, how long it takes, and when which word and which sound comes.
 *
 * Everything that sounds is also read: nobody needs to hear to take part. A breath is never cut in two, so that a
 * breathing exercise lasts a whole number of breaths, as near to the minutes that were asked for as that allows.
 */
import { MINUTE, SECOND } from './time.ts';

/** Seconds of each part of one breath; 0 for a part that there is not. */
export interface Rhythm {
  readonly inhale: number;
  readonly hold: number;
  readonly exhale: number;
  readonly rest: number;
}

/** What is said, and shown, when so many per cent of the exercise are over. */
export interface Cue {
  readonly atPercent: number;
  readonly text: string;
}

interface Described {
  /** Small letters and hyphens; it never changes. */
  readonly id: string;
  readonly title: string;
  /** What it is, in a sentence or two. */
  readonly about: string;
  /** Minutes that it takes where nothing else is asked for. */
  readonly minutes: number;
}

export interface BreathingExercise extends Described {
  readonly kind: 'breathing';
  readonly rhythm: Rhythm;
}

export interface GuidedExercise extends Described {
  readonly kind: 'guided';
  /** In their order; the first comes at 0. */
  readonly cues: readonly Cue[];
}

/** An exercise of the programme. */
export type Exercise = BreathingExercise | GuidedExercise;

/** Minutes that an exercise may be asked to take, both included. */
export const EXERCISE_MINUTES = { least: 1, most: 10 } as const;

/** How an exercise goes, by itself: it goes on as it began, whatever becomes of the programme's text meanwhile. */
export type Course =
  | { readonly kind: 'breathing'; readonly rhythm: Rhythm; readonly breaths: number }
  | { readonly kind: 'guided'; readonly lengthMs: number; readonly cuesAtMs: readonly number[] };

/** Milliseconds before the first breath and after the last, in which a bell fades away. */
export const BELL_MS = 4 * SECOND;

/** Milliseconds that one breath takes. */
export const breathMs = ({ inhale, hold, exhale, rest }: Rhythm): number =>
  (inhale + hold + exhale + rest) * SECOND;

/** How the exercise goes in so many minutes. */
export const courseOf = (exercise: Exercise, minutes: number): Course => {
  const lengthMs = minutes * MINUTE;
  if (exercise.kind === 'breathing') {
    const { rhythm } = exercise;
    return { kind: 'breathing', rhythm, breaths: Math.max(1, Math.round(lengthMs / breathMs(rhythm))) };
  }
  const cuesAtMs = exercise.cues.map(({ atPercent }) => Math.round((lengthMs * atPercent) / 100));
  return { kind: 'guided', lengthMs, cuesAtMs };
};

/** Milliseconds that all of it takes, with its bells. */
export const lengthOf = (course: Course): number =>
  course.kind === 'guided' ? course.lengthMs : 2 * BELL_MS + course.breaths * breathMs(course.rhythm);
