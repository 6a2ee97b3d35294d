/** What must be done later, or be said: kept in the same transaction as the state that asked for it. */
import type { Milestone } from '../core/milestone.ts';

export type Job =
  | { readonly name: 'bring-rooms'; readonly cohortId: string }
  | { readonly name: 'bring-boards'; readonly cohortId: string }
  | { readonly name: 'bring-floor'; readonly cohortId: string }
  | { readonly name: 'bring-events'; readonly cohortId: string }
  | { readonly name: 'bring-auto-moderation'; readonly cohortId: string }
  | { readonly name: 'look-at-rooms'; readonly cohortId: string }
  | { readonly name: 'tell-repairs'; readonly cohortId: string }
  | { readonly name: 'announce'; readonly cohortId: string; readonly announcementId: string }
  | { readonly name: 'deliver-notice'; readonly cohortId: string; readonly noticeId: string }
  | {
      readonly name: 'plan-occurrences';
      readonly cohortId: string;
      readonly scheduleId: string;
    }
  | {
      readonly name: 'occurrence-due';
      readonly cohortId: string;
      readonly occurrenceId: string;
      /** ISO 8601, in UTC: the start for which it was meant. */
      readonly startsAt: string;
      /** Of the meeting for which it was meant: a change asks for milestones of its own. */
      readonly revision: number;
      readonly milestone: Milestone;
    }
  | {
      readonly name: 'check-due';
      readonly cohortId: string;
      readonly checkId: string;
      /** Of the check for which it was meant: whatever changes it asks for another. */
      readonly version: number;
    }
  | { readonly name: 'forget-talk-time'; readonly cohortId: string; readonly sessionId: string }
  | { readonly name: 'end-individual'; readonly cohortId: string; readonly sessionId: string }
  | {
      readonly name: 'end-playback';
      readonly cohortId: string;
      readonly playbackId: string;
      /** ISO 8601, in UTC: the end for which it was meant, which a pause puts off. */
      readonly endsAt: string;
    }
  | {
      readonly name: 'warn-phase-end';
      readonly cohortId: string;
      readonly sessionId: string;
      readonly step: number;
      /** ISO 8601, in UTC: the planned end for which the warning was meant. */
      readonly plannedEndAt: string;
    }
  | {
      readonly name: 'alert-due';
      readonly cohortId: string;
      readonly alertId: string;
      /** Of the alert for which it was meant: one that has climbed since then asks for another. */
      readonly rung: number;
      readonly round: number;
    };

/** A job, and the moment before which it is not done; none when it is due at once. */
export interface Timed {
  readonly job: Job;
  readonly at?: Date;
}

/** A job that a worker has in hand, and in which attempt. */
export interface InHand {
  readonly job: Job['name'] | 'given-up';
  readonly id: string;
  /** From 1. */
  readonly attempt: number;
}

export interface Jobs {
  /** Done as soon as the transaction has been committed, or not before `at`; at least once. */
  enqueue(job: Job, at?: Date): Promise<void>;
  /** The same for many at once. */
  enqueueAll(jobs: readonly Timed[]): Promise<void>;
  /**
   * Ends a job together with the change that it asked for. Throws when this attempt no longer has it in hand (somebody
   * else may be doing it): then nothing of the change may stay.
   */
  finish(inHand: InHand): Promise<void>;
}

/** The cohort that a job concerns; undefined when it concerns none. */
export const cohortOf = (job: Job): string | undefined => ('cohortId' in job ? job.cohortId : undefined);
