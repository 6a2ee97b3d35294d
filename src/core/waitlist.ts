/** Who waits for a place in a cohort that is full or has begun; whoever was put on the list first is first. */
import { admit, type Enrolment } from './cohort.ts';
import { allow, type Outcome, refuse } from './outcome.ts';
import type { Person } from './person.ts';

export interface WaitlistEntry {
  readonly id: string;
  readonly cohortId: string;
  readonly person: Person;
  /** Account of the admin. */
  readonly addedBy: string;
  readonly addedAt: Date;
  readonly settled?: WaitlistSettled;
}

export interface WaitlistSettled {
  readonly outcome: 'enrolled' | 'removed';
  /** Account of the admin. */
  readonly by: string;
  readonly at: Date;
}

/** For want of a place they wait; for any other reason they could never be enrolled. */
const WAITS_FOR: ReadonlySet<string> = new Set(['cohort-full', 'roster-closed']);

/** Whether somebody may be put on the list; `waiting` in its order. */
export const mayWait = (
  enrolment: Omit<Enrolment, 'reopenConsent'>,
  waiting: readonly WaitlistEntry[],
): Outcome<null> => {
  if (waiting.some(({ person }) => person.account === enrolment.newcomer.account)) {
    return refuse({ code: 'already-on-waitlist' });
  }
  const answer = admit({ ...enrolment, reopenConsent: false });
  if (answer.ok) return waiting.length === 0 ? refuse({ code: 'place-is-free' }) : allow(null);
  return WAITS_FOR.has(answer.refusal.code) ? allow(null) : answer;
};
