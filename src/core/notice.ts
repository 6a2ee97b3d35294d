/** What one person is told by themselves: facts only, nothing that a person wrote; `words` makes messages of them. */
import type { AlertKind } from './alert.ts';

export type Notice =
  /**
   * A time together begins soon. `startsAt` in ISO 8601, in UTC; `ready` when the person has said already that they will
   * be there: then they are not asked for it again, and may still say that they cannot come.
   */
  | {
      readonly kind: 'reminder';
      readonly startsAt: string;
      readonly cohortId: string;
      readonly occurrenceId: string;
      readonly ready: boolean;
      /** They are asked with it where they are; `mayPass` unless the group is treatment. */
      readonly asksPlace?: { readonly mayPass: boolean };
    }
  /** Nobody has opened what was to begin then, and this member of staff is asked to. */
  | {
      readonly kind: 'take-over';
      readonly startsAt: string;
      readonly cohortId: string;
    }
  /** Something waits for whoever is responsible for somebody. */
  | { readonly kind: 'task'; readonly cohortId: string; readonly taskId: string }
  /** Their place in a group is closed, and they are thanked. */
  | { readonly kind: 'goodbye' }
  /** What became of a time that two people have for themselves; `soon`, for the one who leads it. */
  | {
      readonly kind: 'individual';
      readonly what: 'planned' | 'moved' | 'cancelled' | 'soon';
      readonly startsAt: string;
    }
  /** A time is offered, and may be taken or left; `offeredAt` in milliseconds, as the answer names the offer. */
  | {
      readonly kind: 'make-up';
      readonly startsAt: string;
      readonly minutes: number;
      readonly cohortId: string;
      readonly makeUpId: string;
      readonly offeredAt: number;
    }
  /** A facilitator did this to them in a session; `until` in ISO 8601, in UTC, when it ends by itself before that does. */
  | {
      readonly kind: 'held';
      readonly act: 'mute' | 'move-aside' | 'remove' | 'time-out';
      readonly cohortId: string;
      /** Missing in what was told before it was kept. */
      readonly moderationId?: string;
      readonly until?: string;
      /** A facilitator took it back, earlier than it would have ended. */
      readonly lifted?: true;
    }
  /** An admin has opened what staff may see, in an emergency; `by` an account, `until` in ISO 8601, in UTC. */
  | { readonly kind: 'break-glass'; readonly by: string; readonly until: string }
  /** Their second factor is gone, and they begin anew: `by` the account of an admin, or by whoever runs Hearth. */
  | { readonly kind: 'device-forgotten'; readonly by?: string }
  /** Staff must see something. `at` in ISO 8601, in UTC; `again` when they have acknowledged it, and it was asked again. */
  | ({ readonly kind: 'alert'; readonly cohortId: string; readonly again?: true } & AlertTold);

/** What is told of an alert where others may read: codes and moments. */
export interface AlertTold {
  readonly alertId: string;
  readonly what: AlertKind;
  readonly at: string;
  /** Nobody was on call then. */
  readonly isOutside: boolean;
}
