/** Finds which rooms of two people are open at this moment. */

import { openingOf, opensRooms, sameTwo } from '../core/individual.ts';
import { TOLD_FOR } from '../core/ledger.ts';
import type { Occurrence } from '../core/occurrence.ts';
import type { PairNow } from '../core/rooms.ts';
import { after, HOUR } from '../core/time.ts';
import type { World } from '../ports/world.ts';

/** No meeting is longer than that, with the time for which its rooms are open before and after it. */
export const AROUND = 6 * HOUR;

/** Individual meetings whose rooms may be open, or have just been closed. */
export const individualsAround = async (
  { store, clock }: Pick<World, 'store' | 'clock'>,
  cohortId: string,
): Promise<readonly Occurrence[]> => {
  const now = clock.now();
  const around = await store.records.occurrences.between(cohortId, after(now, -AROUND), after(now, AROUND));
  return around.filter((meeting) => meeting.individual && openingOf(meeting).from <= now);
};

/** Every pair of a cohort; their rooms are open while one of their meetings asks for it, or something was told there. */
export const pairsNow = async (
  world: Pick<World, 'store' | 'clock'>,
  cohortId: string,
): Promise<readonly PairNow[]> => {
  const pairs = await world.store.records.pairs.ofCohort(cohortId);
  if (pairs.length === 0) return [];
  const now = world.clock.now();
  const open = (await individualsAround(world, cohortId)).filter((meeting) => opensRooms(meeting, now));
  const told = await world.store.records.notices.pairsTold(cohortId, after(now, -TOLD_FOR), now);
  return pairs.map((pair) => ({
    pair,
    told: told.includes(pair.number),
    open: open.some(({ individual }) => individual && sameTwo(individual, pair)),
  }));
};
