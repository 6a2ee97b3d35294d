/** Values of the field from which the tests of the core begin. */
import { type Cohort, type Membership, USUAL_SETTINGS } from '../../src/core/cohort.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import type { Person } from '../../src/core/person.ts';

/** A Monday; every moment of these tests is told from it. */
export const START = new Date('2026-05-04T16:00:00Z');

/** The moment so many minutes after the start (before it, when negative). */
export const at = (minutes: number): Date => new Date(START.getTime() + minutes * 60_000);

export const person = (name: string): Person => ({ id: `person-${name}`, account: `account-${name}` });

/** A cohort of eight seats led by Lea with Cem, which has not begun. */
export const aCohort = (but: Partial<Cohort> = {}): Cohort => ({
  id: 'cohort',
  guildId: 'guild',
  name: 'birch',
  groupType: 'skills',
  capacity: 8,
  sessionMinutes: 90,
  zone: 'Europe/Berlin',
  lead: person('lea'),
  coFacilitator: person('cem'),
  policy: { lateAfterMinutes: 10, partialBelowPercent: 75 },
  settings: USUAL_SETTINGS,
  consentRound: 1,
  state: 'active',
  createdAt: at(-1_000),
  version: 0,
  ...but,
});

export const member = (name: string): Membership => ({
  id: `membership-${name}`,
  cohortId: 'cohort',
  person: person(name),
  enrolledAt: at(-500),
});

/** What a rule answered, in short: `allowed`, or the code of the refusal. */
export const answer = (outcome: Outcome<unknown>): string => (outcome.ok ? 'allowed' : outcome.refusal.code);
