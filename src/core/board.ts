/** What stands, always up to date, in a cohort's rooms: facts only; `words` makes cards of them. */
import type { Phase } from './agenda.ts';
import type { Arrival } from './check-in.ts';

export interface SessionFacts {
  readonly sessionId: string;
  readonly number: number;
  readonly state: 'running' | 'paused' | 'ended';
  readonly step: number;
  readonly steps: number;
  readonly phase: Phase;
  readonly plannedEndAt?: Date;
  readonly topicId: string;
}

/** For the group: what is going on, and only what each chose to share with the group. */
export interface SessionCard extends SessionFacts {
  readonly kind: 'session-card';
  /** Accounts of those who have checked in, in the order in which they did; a pass is a check-in. */
  readonly checkedIn: readonly string[];
  readonly shared: readonly { readonly account: string; readonly arrival: Arrival }[];
  readonly speaker?: string;
  readonly waiting: readonly string[];
  readonly reflected: readonly string[];
}

/** For staff: the controls, what was shared with staff, who is here, who has not had a turn. */
export interface StaffPanel {
  readonly kind: 'staff-panel';
  readonly cohortName: string;
  readonly unsigned: readonly string[];
  readonly enrolled: number;
  readonly session?: SessionFacts & {
    readonly here: readonly string[];
    readonly notYetHeard: readonly string[];
    readonly speaker?: string;
    readonly waiting: readonly string[];
    readonly checkIns: readonly { readonly account: string; readonly arrival?: Arrival }[];
  };
}

/** For everybody enrolled: the agreement, with the button to sign. */
export interface AgreementCard {
  readonly kind: 'agreement';
  readonly version: string;
  readonly locale: string;
}

export type Board = SessionCard | StaffPanel | AgreementCard;

/** Said once, at the moment it is true, in the group's or the staff's room. */
export type Announcement =
  | { readonly kind: 'session-opened'; readonly number: number; readonly agreementVersion: string }
  | { readonly kind: 'phase-entered'; readonly phase: Phase; readonly topicId: string }
  | { readonly kind: 'phase-ending'; readonly phase: Phase; readonly plannedEndAt: string }
  | { readonly kind: 'paused' }
  | { readonly kind: 'resumed'; readonly phase: Phase }
  | { readonly kind: 'session-ended' };
