/** Whether somebody comes to a planned meeting: their own word, which they may change until it begins. */
import type { Confidential } from './confidential.ts';
import type { Occurrence } from './occurrence.ts';
import { allow, type Outcome, refuse } from './outcome.ts';
import type { Person } from './person.ts';

export const RSVP_ANSWERS = ['coming', 'not-coming'] as const;
export type RsvpAnswer = (typeof RSVP_ANSWERS)[number];

/** Most characters of the reason for which somebody cannot come. */
export const ABSENCE_REASON_LENGTH = 500;

export interface Rsvp {
  readonly id: string;
  readonly occurrenceId: string;
  readonly person: Person;
  readonly answer: RsvpAnswer;
  /** Why they cannot come, for them and their therapist alone; missing when they would rather not say. */
  readonly reason?: Confidential<string>;
  readonly at: Date;
}

/** Whether the meeting still takes an answer of that person: it is planned, ahead, and theirs to come to. */
export const takesRsvp = (occurrence: Occurrence, personId: string, now: Date): Outcome<null> => {
  const { individual, state, startsAt } = occurrence;
  if (individual && individual.person.id !== personId) return refuse({ code: 'no-such-meeting' });
  if (state === 'skipped') return refuse({ code: 'meeting-is-skipped' });
  return state === 'planned' && startsAt > now ? allow(null) : refuse({ code: 'meeting-has-begun' });
};
