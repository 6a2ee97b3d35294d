/** Finds the room in which two people are told, with nobody else there, of what is theirs. */
import type { Cohort } from '../core/cohort.ts';
import { type Pair, pairFor, sameTwo, type Two } from '../core/individual.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { PersonWish } from './notify.ts';

type RoomOfTwo = Pick<PersonWish, 'room' | 'number'>;

/** Within a change, the pair of the two, made when there is none. Refused with `too-many-rooms`. */
export const keepPair = async (
  { cohorts, pairs }: Pick<Records, 'cohorts' | 'pairs'>,
  cohort: Cohort,
  two: Two,
): Promise<Outcome<Pair>> => {
  const pair = pairFor(await pairs.ofCohort(cohort.id), cohort.id, two);
  if (!pair.ok) return pair;
  if (pair.value.made === 'now') {
    // Saved though nothing of it changes: two at once must not give the same number to two pairs.
    await cohorts.save(cohort);
    await pairs.add(pair.value.pair);
  }
  return allow(pair.value.pair);
};

/** Where they are called by name; nowhere, when no room is theirs. */
export const roomOfTwo = async (
  { pairs }: Pick<Records, 'pairs'>,
  cohortId: string,
  two: Two,
): Promise<RoomOfTwo> => {
  const pair = (await pairs.ofCohort(cohortId)).find((each) => sameTwo(each, two));
  return pair ? { room: 'one-to-one', number: pair.number } : {};
};
