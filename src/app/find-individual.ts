/** Finds the individual meeting that somebody means. */
import type { Cohort } from '../core/cohort.ts';
import type { Two } from '../core/individual.ts';
import type { PlannedOccurrence } from '../core/occurrence.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { dateOf } from '../core/wall-time.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import type { Carer } from './individual-time.ts';

/** A planned meeting of two people. */
export type IndividualMeeting = PlannedOccurrence & { readonly individual: Two };

export const isIndividual = (meeting: PlannedOccurrence): meeting is IndividualMeeting =>
  meeting.individual !== undefined;

export interface IndividualSought {
  readonly cohortId: string;
  readonly carer: Carer;
  /** Account of the participant. */
  readonly account?: string | undefined;
  /** Its id, or its day as YYYY-MM-DD in the cohort's zone; the next one when missing. */
  readonly named?: string | undefined;
}

export interface IndividualFound {
  readonly cohort: Cohort;
  readonly meeting: IndividualMeeting;
}

/** Individual meetings ahead of which somebody may know: all for staff, else their own, as participant or therapist. */
export const individualsFor = async (
  { clock }: Pick<World, 'clock'>,
  { occurrences }: Pick<Records, 'occurrences'>,
  cohortId: string,
  { account, staff }: Carer,
): Promise<readonly IndividualMeeting[]> => {
  const ahead = (await occurrences.ahead(cohortId, clock.now())).filter(isIndividual);
  return ahead.filter(
    ({ individual: { person, therapist } }) =>
      staff || person.account === account || therapist.account === account,
  );
};

/** One that the asker may arrange. Refused with `no-such-meeting`. */
export const findIndividual = async (
  world: Pick<World, 'clock' | 'zones'>,
  records: Records,
  { cohortId, carer, account, named }: IndividualSought,
): Promise<Outcome<IndividualFound>> => {
  const active = await activeCohort(records, cohortId);
  if (!active.ok) return active;
  const cohort = active.value;
  const date = (meeting: IndividualMeeting): string =>
    dateOf(world.zones.wall(meeting.startsAt, cohort.zone));
  const meeting = (await individualsFor(world, records, cohortId, carer))
    .filter(({ individual }) => carer.staff || individual.therapist.account === carer.account)
    .filter(({ individual }) => account === undefined || individual.person.account === account)
    .find((each) => named === undefined || each.id === named || date(each) === named);
  return meeting ? allow({ cohort, meeting }) : refuse({ code: 'no-such-meeting' });
};
