/** Tells two people of what becomes of their time, those of them who did not ask for it themselves. */
import type { OfferedMakeUp } from '../core/make-up.ts';
import type { Occurrence } from '../core/occurrence.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

export interface IndividualNews {
  readonly what: 'planned' | 'moved' | 'cancelled';
  /** Account of whoever asked for it. */
  readonly by: string;
}

/** Within the change that brought it about. */
export const tellIndividual = async (
  _world: Pick<World, 'ids' | 'clock'>,
  _records: Records,
  _meeting: Occurrence,
  _news: IndividualNews,
): Promise<void> => {};

/** Tells somebody of the time that is offered to them, within the change that offers it. */
export const tellOffer = async (
  _world: Pick<World, 'ids' | 'clock'>,
  _records: Records,
  _makeUp: OfferedMakeUp,
): Promise<void> => {};
