/** Tells two people of what becomes of their time, those of them who did not ask for it themselves. */
import type { OfferedMakeUp } from '../core/make-up.ts';
import type { Occurrence } from '../core/occurrence.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { notify } from './notify.ts';

export interface IndividualNews {
  readonly what: 'planned' | 'moved' | 'cancelled';
  /** Account of whoever asked for it. */
  readonly by: string;
}

type Telling = Pick<World, 'ids' | 'clock'>;

/** Within the change that brought it about: to each by themselves, and never in a room of the group. */
export const tellIndividual = async (
  world: Telling,
  records: Records,
  { id, cohortId, individual, startsAt, revision }: Occurrence,
  { what, by }: IndividualNews,
): Promise<void> => {
  const people = individual ? [individual.person, individual.therapist] : [];
  for (const person of people.filter(({ account }) => account !== by)) {
    await notify(world, records, {
      ...{ cohortId, occurrenceId: id, person, alone: true },
      key: `individual:${id}:${revision}:${what}:${person.id}`,
      notice: { kind: 'individual', what, startsAt: startsAt.toISOString() },
    });
  }
};

/** Tells somebody of the time that is offered to them, within the change that offers it. */
export const tellOffer = async (
  world: Telling,
  records: Records,
  { id: makeUpId, cohortId, person, offer }: OfferedMakeUp,
): Promise<void> => {
  const { minutes, at } = offer;
  const offeredAt = at.getTime();
  await notify(world, records, {
    ...{ cohortId, person, alone: true },
    key: `make-up:${makeUpId}:${offeredAt}`,
    notice: {
      ...{ kind: 'make-up', minutes, cohortId, makeUpId, offeredAt },
      startsAt: offer.startsAt.toISOString(),
    },
  });
};
