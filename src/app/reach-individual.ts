/** What each milestone of an individual meeting brings about, beside what it does for every meeting. */
import { type Milestone, REMINDERS } from '../core/milestone.ts';
import { isSuperseded, leftInPeace, USUAL_PREFERENCE } from '../core/reminder.ts';
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
const remindTherapist: Reach = async (world, records, { occurrence, cohort, milestone, together, now }) => {
  const { id: occurrenceId, cohortId, individual, startsAt } = occurrence;
  const sent = REMINDERS.filter((each) => cohort.settings.reminders.includes(each));
  const reminder = sent.find((each) => each === milestone);
  if (!individual || !reminder || startsAt <= now) return;
  const { off } =
    (await records.contactPreferences.ofPerson(cohortId, individual.therapist.id)) ?? USUAL_PREFERENCE;
  // It comes to them alone, whichever way they chose.
  const leading = { signed: true, preference: { direct: true, off } };
  const due = sent.filter((each) => together.includes(each));
  const superseded = isSuperseded(leading, reminder, due) ? 'superseded' : undefined;
  const dropped = leftInPeace(leading, reminder) ?? superseded;
  const starts = startsAt.toISOString();
  await notify(world, records, {
    ...{ cohortId, occurrenceId, reminder, person: individual.therapist, alone: true },
    ...(dropped && { dropped }),
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
