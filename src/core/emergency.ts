/**
 * An emergency access: an admin, who sees nothing of what people told, opens what staff may see of a group when nobody else
 * can. It has a reason, lasts an hour at most, and is told at once to those who look after the group.
 */
import type { Confidential } from './confidential.ts';
import type { Person } from './person.ts';
import { after, MINUTE } from './time.ts';

export interface EmergencyAccess {
  readonly id: string;
  readonly cohortId: string;
  /** The admin. */
  readonly person: Person;
  readonly reason: Confidential<string>;
  readonly begunAt: Date;
  readonly endsAt: Date;
  /** When it was ended by hand. */
  readonly endedAt?: Date;
}

/** How long it lasts where nobody ends it. */
export const LASTS = 60 * MINUTE;

/** One that begins now. */
export const begun = (given: Omit<EmergencyAccess, 'endsAt' | 'endedAt'>): EmergencyAccess => ({
  ...given,
  endsAt: after(given.begunAt, LASTS),
});

/** Whether it opens anything. */
export const isOpen = ({ endsAt, endedAt }: EmergencyAccess, now: Date): boolean =>
  endedAt === undefined && now < endsAt;
