/** Gathers the cards that stand in the rooms of two people. */
import type { IndividualCard } from '../core/board.ts';
import { type Pair, sameTwo } from '../core/individual.ts';
import { endsAt, type Occurrence } from '../core/occurrence.ts';
import { placesNow } from '../core/place.ts';
import type { World } from '../ports/world.ts';
import { individualsAround } from './pairs-now.ts';
import { asksPlace } from './tell-place.ts';

const stateOf = async (
  { store }: Pick<World, 'store'>,
  meeting: Occurrence,
): Promise<IndividualCard['state']> => {
  if (meeting.state === 'planned') return 'planned';
  if (meeting.state !== 'held') return meeting.state === 'skipped' ? 'cancelled' : 'over';
  const session = await store.records.individualSessions.byId(meeting.sessionId);
  return session?.state === 'running' ? 'running' : 'over';
};

const ASKED_IN: readonly IndividualCard['state'][] = ['planned', 'running'];

/** Only where the group asks it, and only that it was told. */
const placeOf = async (
  { store }: Pick<World, 'store'>,
  { cohortId, startsAt }: Occurrence,
  { person }: Pair,
): Promise<Pick<IndividualCard, 'place'>> => {
  const cohort = await store.records.cohorts.byId(cohortId);
  const asks = cohort && asksPlace(cohort).asksPlace;
  if (!asks) return {};
  const marks = await store.records.toldPlaces.marks(cohortId);
  const { confirmed } = placesNow([person], marks, { startsAt, away: [] });
  return { place: { ...asks, told: confirmed.length > 0 } };
};

const cardOf = async (
  world: Pick<World, 'store'>,
  meeting: Occurrence,
  pair: Pair,
): Promise<IndividualCard> => {
  const state = await stateOf(world, meeting);
  return {
    kind: 'individual-card',
    occurrenceId: meeting.id,
    room: pair.number,
    account: pair.person.account,
    therapist: pair.therapist.account,
    startsAt: meeting.startsAt,
    endsAt: endsAt(meeting),
    state,
    ...(ASKED_IN.includes(state) && (await placeOf(world, meeting, pair))),
  };
};

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
