/** Makes everybody's attendance of the presence that was seen, as the session ends. */
import { type Attendance, attendanceOf, stayWithin } from '../core/attendance.ts';
import type { Cohort } from '../core/cohort.ts';
import type { Rsvp } from '../core/rsvp.ts';
import type { Ended } from '../core/session.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { followUpNoShows } from './follow-up-no-shows.ts';
import { endPresence } from './write-presence.ts';

/** What those said who were expected; nobody, when the session was held for no planned meeting. */
const answersTo = async (
  { occurrences, rsvps }: Pick<Records, 'occurrences' | 'rsvps'>,
  sessionId: string,
): Promise<readonly Rsvp[]> => {
  const meeting = await occurrences.ofSession(sessionId);
  return meeting ? rsvps.ofOccurrence(meeting.id) : [];
};

/** Whoever told before that they cannot come, and did not come, is excused. */
const excusing = (
  computed: ReturnType<typeof attendanceOf>,
  answer: Rsvp | undefined,
): ReturnType<typeof attendanceOf> =>
  computed.status === 'no-show' && answer?.answer === 'not-coming'
    ? { ...computed, status: 'excused' }
    : computed;

/**
 * Ends all presence and keeps the attendance of everyone who belonged to the group during the session, in the change
 * that ends it. Who left the group and came back within the session has one attendance, as one person.
 */
export const closeAttendance = async (
  world: Pick<World, 'ids'>,
  records: Records,
  session: Ended,
  cohort: Cohort,
): Promise<void> => {
  await endPresence(world, records, session.id, session.endedAt);
  const intervals = await records.presences.ofSession(session.id);
  const members = await records.memberships.rosterSince(cohort.id, session.startedAt);
  const answers = await answersTo(records, session.id);
  const attendances: Attendance[] = [];
  for (const person of new Map(members.map(({ person }) => [person.id, person])).values()) {
    const own = intervals.filter(({ personId }) => personId === person.id);
    const answer = answers.find((each) => each.person.id === person.id);
    const computed = attendanceOf(stayWithin(own, session), cohort.policy);
    const attendance: Attendance = {
      id: world.ids.next(),
      sessionId: session.id,
      person,
      ...excusing(computed, answer),
      amendments: [],
    };
    await records.attendances.add(attendance);
    attendances.push(attendance);
  }
  await followUpNoShows(world, records, { cohort, session, attendances });
};
