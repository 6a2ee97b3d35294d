/** Tells two people of what becomes of their time, those of them who did not ask for it themselves. */
import type { Cohort } from '../core/cohort.ts';
import type { OfferedMakeUp } from '../core/make-up.ts';
import type { Occurrence } from '../core/occurrence.ts';
import type { Person } from '../core/person.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { notify } from './notify.ts';
import { keepPair, roomOfTwo } from './pair-room.ts';

export interface IndividualNews {
  readonly what: 'planned' | 'moved' | 'cancelled';
  /** Account of whoever asked for it; missing when nobody did. */
  readonly by?: string | undefined;
}

type Telling = Pick<World, 'ids' | 'clock'>;

/** Within the change that brought it about: to each by themselves or in the room of the two, and never in one of the group. */
export const tellIndividual = async (
  world: Telling,
  records: Records,
  { id, cohortId, individual, startsAt, revision }: Occurrence,
  { what, by }: IndividualNews,
): Promise<void> => {
  if (!individual) return;
  const room = await roomOfTwo(records, cohortId, individual);
  const people = [individual.person, individual.therapist];
  for (const person of people.filter(({ account }) => account !== by)) {
    await notify(world, records, {
      ...{ cohortId, occurrenceId: id, person, alone: true, ...room },
      key: `individual:${id}:${revision}:${what}:${person.id}`,
      notice: { kind: 'individual', what, startsAt: startsAt.toISOString() },
    });
  }
};

/** Tells somebody of the time that is offered to them, within the change that offers it. */
export const tellOffer = async (
  world: Telling,
  records: Records,
  { cohort, therapist }: { readonly cohort: Cohort; readonly therapist: Person },
  { id: makeUpId, cohortId, person, offer }: OfferedMakeUp,
): Promise<void> => {
  const { minutes, at } = offer;
  // With too many rooms already there is none to be called in: then it is told directly, or in `/make-up list` alone.
  await keepPair(records, cohort, { person, therapist });
  const offeredAt = at.getTime();
  await notify(world, records, {
    ...{ cohortId, person, alone: true, ...(await roomOfTwo(records, cohortId, { person, therapist })) },
    key: `make-up:${makeUpId}:${offeredAt}`,
    notice: {
      ...{ kind: 'make-up', minutes, cohortId, makeUpId, offeredAt },
      startsAt: offer.startsAt.toISOString(),
    },
  });
};
