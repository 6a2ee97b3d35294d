/** What Hearth was to do and could not, after every attempt: kept until an admin has it done again or lets it be. */
import type { Cohort } from './cohort.ts';

/** Kinds of what is done later. */
export const JOB_NAMES = [
  'bring-rooms',
  'bring-boards',
  'bring-events',
  'announce',
  'deliver-notice',
  'plan-occurrences',
  'occurrence-due',
  'end-individual',
  'check-due',
  'forget-talk-time',
  'end-playback',
  'warn-phase-end',
  'alert-due',
  'look-at-rooms',
  'tell-repairs',
  'bring-floor',
  'bring-auto-moderation',
] as const;
export type JobName = (typeof JOB_NAMES)[number];

/** What an admin decided about a failure. */
export type FailureOutcome = 'retried' | 'dismissed';

/** Most failures that are shown at once. */
export const MOST_FAILURES = 10;

/** What an admin is told of a failure. */
export interface FailureFacts {
  readonly id: string;
  readonly job: JobName;
  /** The group that it concerned; missing when it concerned none, or none that is known. */
  readonly cohort?: Cohort;
  /** Under which the log tells the cause. */
  readonly reference: string;
  readonly attempts: number;
  readonly failedAt: Date;
}

/** Open failures of a server: the newest of them, and how many there are. */
export interface FailureList {
  readonly newest: readonly FailureFacts[];
  readonly open: number;
}
