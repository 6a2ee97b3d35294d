/** What must be done later, or be said: kept in the same transaction as the state that asked for it. */
import type { Milestone } from '../core/milestone.ts';

export type Job =
  | { readonly name: 'bring-rooms'; readonly cohortId: string }
  | { readonly name: 'bring-boards'; readonly cohortId: string }
  | { readonly name: 'announce'; readonly cohortId: string; readonly announcementId: string }
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
      readonly name: 'warn-phase-end';
      readonly cohortId: string;
      readonly sessionId: string;
      readonly step: number;
      /** ISO 8601, in UTC: the planned end for which the warning was meant. */
      readonly plannedEndAt: string;
    };

export interface Jobs {
  /** Done as soon as the transaction has been committed, or not before `at`; at least once. */
  enqueue(job: Job, at?: Date): Promise<void>;
}
