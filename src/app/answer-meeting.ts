/** Keeps whether somebody comes to a planned meeting; they may change their mind until it begins. */
import type { Confidential } from '../core/confidential.ts';
import type { Occurrence } from '../core/occurrence.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import { type Rsvp, type RsvpAnswer, takesRsvp } from '../core/rsvp.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { findMeeting } from './find-meeting.ts';

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

/** The meeting that somebody means, when it takes their answer now. */
export const answerable = async (
  world: Pick<World, 'zones' | 'clock'>,
  records: Records,
  { cohortId, person, meeting: named }: MeetingAsked,
): Promise<Outcome<Occurrence>> => {
  const cohort = await activeCohort(records, cohortId);
  if (!cohort.ok) return cohort;
  const found = await findMeeting(world, records, { cohort: cohort.value, personId: person.id, named });
  if (!found.ok) return found;
  const takes = takesRsvp(found.value, person.id, world.clock.now());
  return takes.ok ? found : takes;
};

/** Answers; the last answer counts. */
export const answerMeeting = (world: World, asked: MeetingAnswer): Promise<Outcome<Answered>> =>
  world.store.change<Answered>(async (records) => {
    const found = await answerable(world, records, asked);
    if (!found.ok) return found;
    const { person, answer, reason } = asked;
    const rsvp: Rsvp = {
      id: world.ids.next(),
      occurrenceId: found.value.id,
      person,
      answer,
      ...(answer === 'not-coming' && reason && { reason }),
      at: world.clock.now(),
    };
    await records.rsvps.put(rsvp);
    await records.jobs.enqueue({ name: 'bring-boards', cohortId: asked.cohortId });
    return allow({ occurrence: found.value, rsvp });
  });
