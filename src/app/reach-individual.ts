/** What each milestone of an individual meeting brings about, beside what it does for every meeting. */
import type { Milestone } from '../core/milestone.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { bringAll } from './bring-all.ts';
import { endIndividualOf } from './end-individual.ts';
import { isIndividual } from './find-individual.ts';
import { notify } from './notify.ts';
import { openIndividual } from './open-individual.ts';
import { roomOfTwo } from './pair-room.ts';
import type { Reached } from './reach-milestone.ts';

type Reach = (world: World, records: Records, reached: Reached) => Promise<void>;

const openRooms: Reach = (_world, records, { cohort }) => bringAll(records, cohort.id);

/** When Hearth was down until it was over, nobody knows who was there: then it was not held. */
const begin: Reach = async (world, records, { occurrence, cohort, together, now }) => {
  if (occurrence.state !== 'planned' || !isIndividual(occurrence) || together.includes('over')) return;
  await openIndividual(world, records, { cohort, meeting: occurrence, now });
};

const over: Reach = async (world, records, { occurrence, cohort }) => {
  await endIndividualOf(world, records, occurrence);
  await bringAll(records, cohort.id);
};

/** The participant is reminded as of every meeting; whoever leads it is on no roster, and is reminded here. */
const remindTherapist: Reach = async (world, records, { occurrence, cohort, milestone, now }) => {
  const { id: occurrenceId, cohortId, individual, startsAt } = occurrence;
  const wanted = cohort.settings.reminders.some((reminder) => reminder === milestone);
  if (!individual || !wanted || startsAt <= now) return;
  const starts = startsAt.toISOString();
  await notify(world, records, {
    ...{ cohortId, occurrenceId, person: individual.therapist, alone: true },
    ...(await roomOfTwo(records, cohortId, individual)),
    key: `individual:${occurrenceId}:${starts}:${milestone}`,
    notice: { kind: 'individual', what: 'soon', startsAt: starts },
  });
};

const remindAndOpen: Reach = async (world, records, reached) => {
  await remindTherapist(world, records, reached);
  await openRooms(world, records, reached);
};

const REACH: Partial<Readonly<Record<Milestone, Reach>>> = {
  day: remindTherapist,
  hour: remindTherapist,
  'ten-minutes': remindAndOpen,
  begins: begin,
  over,
};

/** Opens the rooms, begins the session, ends it and closes the rooms, each in its time. */
export const reachIndividual: Reach = async (world, records, reached) => {
  if (reached.occurrence.individual) await REACH[reached.milestone]?.(world, records, reached);
};
