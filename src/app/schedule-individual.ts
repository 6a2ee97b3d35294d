/** Plans a time of one participant with their therapist. */
import type { PlannedOccurrence } from '../core/occurrence.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { bookIndividual } from './book-individual.ts';
import { arrangedFor, type Carer, momentOf, type WrittenTime } from './individual-time.ts';
import { tellIndividual } from './tell-individual.ts';

export interface IndividualWish extends WrittenTime {
  readonly cohortId: string;
  /** Account of the participant. */
  readonly account: string;
  readonly minutes: number;
  readonly carer: Carer;
}

/** Plans it, and tells those of the two who did not ask for it themselves. */
export const scheduleIndividual = (world: World, wish: IndividualWish): Promise<Outcome<PlannedOccurrence>> =>
  world.store.change<PlannedOccurrence>(async (records) => {
    const cohort = await activeCohort(records, wish.cohortId);
    if (!cohort.ok) return cohort;
    const two = await arrangedFor(records, cohort.value, wish.account, wish.carer);
    if (!two.ok) return two;
    const startsAt = momentOf(world, cohort.value.zone, wish);
    if (!startsAt.ok) return startsAt;
    const time = { startsAt: startsAt.value, minutes: wish.minutes };
    const booked = await bookIndividual(world, records, { cohort: cohort.value, two: two.value, time });
    if (!booked.ok) return booked;
    await tellIndividual(world, records, booked.value, { what: 'planned', by: wish.carer.account });
    return allow(booked.value);
  });
