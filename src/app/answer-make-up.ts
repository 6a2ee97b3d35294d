/** Takes or leaves the time at which somebody may make up for a session. */
import type { Cohort } from '../core/cohort.ts';
import { changeMakeUp, type MakeUp, type OfferedMakeUp } from '../core/make-up.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { bookIndividual } from './book-individual.ts';

export interface OfferAnswer {
  readonly cohortId: string;
  readonly personId: string;
  readonly answer: 'accept' | 'decline';
  /** Id of the make-up that was offered, as buttons name it; the person's only offer when missing. */
  readonly makeUpId?: string | undefined;
  /** When it was offered, as buttons name it. */
  readonly offeredAt?: Date | undefined;
}

const meant = async (
  { makeUps }: Pick<Records, 'makeUps'>,
  { cohortId, personId, makeUpId }: OfferAnswer,
): Promise<Outcome<OfferedMakeUp>> => {
  const own = await makeUps.ofPerson(cohortId, personId);
  const offered = own.filter((makeUp) => makeUp.state === 'offered');
  const [found] = makeUpId === undefined ? offered : offered.filter(({ id }) => id === makeUpId);
  return found ? allow(found) : refuse({ code: 'offer-is-gone' });
};

/** The meeting in which it will be made up: made now, or the extra meeting of the group, while that still stands. */
const meetingOf = async (
  world: World,
  records: Records,
  cohort: Cohort,
  { offer, person }: OfferedMakeUp,
): Promise<Outcome<string>> => {
  if (offer.kind === 'group') {
    const extra = await records.occurrences.byId(offer.occurrenceId);
    const stands = extra?.state === 'planned' && extra.startsAt.getTime() === offer.startsAt.getTime();
    return stands ? allow(extra.id) : refuse({ code: 'offer-is-gone' });
  }
  const { startsAt, minutes, therapist } = offer;
  const two = { person, therapist };
  const booked = await bookIndividual(world, records, { cohort, two, time: { startsAt, minutes } });
  return booked.ok ? allow(booked.value.id) : booked;
};

const answered = async (
  world: World,
  records: Records,
  cohort: Cohort,
  { offered, answer }: { readonly offered: OfferedMakeUp; readonly answer: OfferAnswer },
): Promise<Outcome<MakeUp>> => {
  const now = world.clock.now();
  const { offeredAt } = answer;
  // Asked before a meeting is made: an answer to an earlier offer must not be told that somebody is busy.
  const current = changeMakeUp(offered, { kind: 'accept', offeredAt, occurrenceId: '' }, now);
  if (answer.answer === 'decline') return changeMakeUp(offered, { kind: 'decline', offeredAt }, now);
  if (!current.ok) return current;
  const meeting = await meetingOf(world, records, cohort, offered);
  if (!meeting.ok) return meeting;
  return changeMakeUp(offered, { kind: 'accept', offeredAt, occurrenceId: meeting.value }, now);
};

/** Keeps the answer, and with a yes the meeting. */
export const answerMakeUp = (world: World, answer: OfferAnswer): Promise<Outcome<MakeUp>> =>
  world.store.change<MakeUp>(async (records) => {
    const cohort = await activeCohort(records, answer.cohortId);
    if (!cohort.ok) return cohort;
    const offered = await meant(records, answer);
    if (!offered.ok) return offered;
    const told = await answered(world, records, cohort.value, { offered: offered.value, answer });
    if (told.ok) await records.makeUps.save(told.value);
    return told;
  });
