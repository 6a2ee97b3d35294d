/** Gathers what must be known of people before they are reminded of a meeting. */
import type { Cohort, Membership } from '../core/cohort.ts';
import type { Occurrence } from '../core/occurrence.ts';
import { type Reminded, USUAL_PREFERENCE } from '../core/reminder.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { signedMembers } from './signed-members.ts';

export interface Remindable extends Reminded {
  readonly member: Membership;
}

/** Everybody whom the meeting concerns: the roster, or the one whose own it is. */
export const remindable = async (
  world: Pick<World, 'catalogue'>,
  records: Records,
  cohort: Cohort,
  { id, individual }: Pick<Occurrence, 'id' | 'individual'>,
): Promise<readonly Remindable[]> => {
  const { signed, unsigned } = await signedMembers(world, records, cohort);
  const answers = await records.rsvps.ofOccurrence(id);
  const preferences = await records.contactPreferences.ofCohort(cohort.id);
  const isConcerned = ({ person }: Membership): boolean =>
    individual === undefined || individual.person.id === person.id;
  return [...signed, ...unsigned].filter(isConcerned).map((member) => {
    const answer = answers.find(({ person }) => person.id === member.person.id)?.answer;
    return {
      member,
      signed: signed.includes(member),
      preference: preferences.get(member.person.id) ?? USUAL_PREFERENCE,
      ...(answer && { answer }),
    };
  });
};
