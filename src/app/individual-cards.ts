/** Gathers the cards that stand in the rooms of two people. */
import type { IndividualCard } from '../core/board.ts';
import { type Pair, sameTwo } from '../core/individual.ts';
import { endsAt, type Occurrence } from '../core/occurrence.ts';
import type { World } from '../ports/world.ts';
import { individualsAround } from './pairs-now.ts';

const stateOf = async (
  { store }: Pick<World, 'store'>,
  meeting: Occurrence,
): Promise<IndividualCard['state']> => {
  if (meeting.state === 'planned') return 'planned';
  if (meeting.state !== 'held') return meeting.state === 'skipped' ? 'cancelled' : 'over';
  const session = await store.records.individualSessions.byId(meeting.sessionId);
  return session?.state === 'running' ? 'running' : 'over';
};

const cardOf = async (
  world: Pick<World, 'store'>,
  meeting: Occurrence,
  { number, person, therapist }: Pair,
): Promise<IndividualCard> => ({
  kind: 'individual-card',
  occurrenceId: meeting.id,
  room: number,
  account: person.account,
  therapist: therapist.account,
  startsAt: meeting.startsAt,
  endsAt: endsAt(meeting),
  state: await stateOf(world, meeting),
});

/** One for each individual meeting about this time. */
export const individualCards = async (
  world: Pick<World, 'store' | 'clock'>,
  cohortId: string,
): Promise<readonly IndividualCard[]> => {
  const pairs = await world.store.records.pairs.ofCohort(cohortId);
  if (pairs.length === 0) return [];
  const meetings = await individualsAround(world, cohortId);
  const cards = meetings.map(async (meeting) => {
    const pair = pairs.find((each) => meeting.individual && sameTwo(each, meeting.individual));
    return pair ? [await cardOf(world, meeting, pair)] : [];
  });
  return (await Promise.all(cards)).flat();
};
