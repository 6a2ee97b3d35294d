/** Keeps whether somebody comes to a planned meeting, and tells their therapist when they cannot. */
import { type Cohort, therapistOf } from '../core/cohort.ts';
import type { Confidential } from '../core/confidential.ts';
import type { Occurrence } from '../core/occurrence.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import { type Rsvp, type RsvpAnswer, takesRsvp } from '../core/rsvp.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { findMeeting } from './find-meeting.ts';
import { openTasks } from './open-tasks.ts';

export interface MeetingAsked {
  readonly cohortId: string;
  readonly person: Person;
  /** Id of the meeting, or its day. */
  readonly meeting: string;
}

export interface MeetingAnswer extends MeetingAsked {
  readonly answer: RsvpAnswer;
  readonly reason?: Confidential<string>;
}

export interface Answered {
  readonly occurrence: Occurrence;
  readonly rsvp: Rsvp;
}

interface Answerable {
  readonly cohort: Cohort;
  readonly occurrence: Occurrence;
}

/** The meeting that somebody means, when it takes their answer now. */
export const answerable = async (
  world: Pick<World, 'zones' | 'clock'>,
  records: Records,
  { cohortId, person, meeting: named }: MeetingAsked,
): Promise<Outcome<Answerable>> => {
  const cohort = await activeCohort(records, cohortId);
  if (!cohort.ok) return cohort;
  const found = await findMeeting(world, records, { cohort: cohort.value, personId: person.id, named });
  if (!found.ok) return found;
  const takes = takesRsvp(found.value, person.id, world.clock.now());
  return takes.ok ? allow({ cohort: cohort.value, occurrence: found.value }) : takes;
};

const assigneeOf = async (
  { memberships }: Pick<Records, 'memberships'>,
  { cohort, occurrence }: Answerable,
  person: Person,
): Promise<Person> => {
  if (occurrence.individual) return occurrence.individual.therapist;
  const member = (await memberships.roster(cohort.id)).find((each) => each.person.id === person.id);
  return member ? therapistOf(member, cohort) : cohort.lead;
};

const followUp = async (
  world: Pick<World, 'ids' | 'clock'>,
  records: Records,
  where: Answerable,
  { person, answer, at }: Rsvp,
): Promise<void> => {
  const { cohort, occurrence } = where;
  const told = (await records.tasks.open(cohort.id)).find(
    (task) =>
      task.kind === 'absence-told' && task.occurrenceId === occurrence.id && task.person.id === person.id,
  );
  if (answer === 'coming' && told) {
    await records.tasks.settle(told.id, { outcome: 'withdrawn', by: person.account, at });
  }
  // Whoever only tells more of the same absence has told of it already.
  if (answer === 'coming' || told) return;
  const assignee = await assigneeOf(records, where, person);
  const opening = { kind: 'absence-told', person, assignee, occurrenceId: occurrence.id } as const;
  await openTasks(world, records, cohort, { openings: [opening], now: at });
};

const answerIn = async (
  world: World,
  records: Records,
  where: Answerable,
  { person, answer, reason }: MeetingAnswer,
): Promise<Answered> => {
  const { occurrence } = where;
  const before = await records.rsvps.ofPerson(occurrence.id, person.id);
  // A second "I cannot come" without a reason does not take back the one that was told.
  const why = answer === 'not-coming' ? (reason ?? before?.reason) : undefined;
  const rsvp: Rsvp = {
    id: world.ids.next(),
    occurrenceId: occurrence.id,
    person,
    answer,
    ...(why && { reason: why }),
    at: world.clock.now(),
  };
  await records.rsvps.put(rsvp);
  await records.jobs.enqueue({ name: 'bring-boards', cohortId: occurrence.cohortId });
  await followUp(world, records, where, rsvp);
  return { occurrence, rsvp };
};

/** Answers; the last answer counts. */
export const answerMeeting = (world: World, asked: MeetingAnswer): Promise<Outcome<Answered>> =>
  world.store.change<Answered>(async (records) => {
    const where = await answerable(world, records, asked);
    return where.ok ? allow(await answerIn(world, records, where.value, asked)) : where;
  });

/** Takes back that they cannot come: they come after all. Refused with `no-absence-told` when they never said so. */
export const withdrawAbsence = (world: World, asked: MeetingAsked): Promise<Outcome<Answered>> =>
  world.store.change<Answered>(async (records) => {
    const where = await answerable(world, records, asked);
    if (!where.ok) return where;
    const before = await records.rsvps.ofPerson(where.value.occurrence.id, asked.person.id);
    if (before?.answer !== 'not-coming') return refuse({ code: 'no-absence-told' });
    return allow(await answerIn(world, records, where.value, { ...asked, answer: 'coming' }));
  });
