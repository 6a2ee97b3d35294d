/** Makes everybody's attendance of the presence that was seen, as the session ends. */
import { type Attendance, attendanceOf, stayWithin } from '../core/attendance.ts';
import type { Cohort } from '../core/cohort.ts';
import type { Rsvp } from '../core/rsvp.ts';
import type { Ended } from '../core/session.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { followUpNoShows } from './follow-up-no-shows.ts';
import { oweMakeUps } from './owe-make-ups.ts';
import { settleMakeUps } from './settle-make-ups.ts';
import { endPresence } from './write-presence.ts';

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
 * that ends it, with what somebody may make up for and what was made up in it. Who left the group and came back within the session has one attendance, as one person.
 */
export const closeAttendance = async (
  world: Pick<World, 'ids' | 'clock'>,
  records: Records,
  session: Ended,
  cohort: Cohort,
): Promise<void> => {
  await endPresence(world, records, { sessionId: session.id, guildId: cohort.guildId }, session.endedAt);
  const intervals = await records.presences.ofSession(session.id);
  const members = await records.memberships.rosterSince(cohort.id, session.startedAt);
  const meeting = await records.occurrences.ofSession(session.id);
  const answers = meeting ? await records.rsvps.ofOccurrence(meeting.id) : [];
  const window = { ...session, ...(meeting && { expectedAt: meeting.startsAt }) };
  const attendances: Attendance[] = [];
  for (const person of new Map(members.map(({ person }) => [person.id, person])).values()) {
    const own = intervals.filter(({ personId }) => personId === person.id);
    const answer = answers.find((each) => each.person.id === person.id);
    const computed = attendanceOf(stayWithin(own, window), cohort.policy);
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
  await oweMakeUps(world, records, session, cohort);
  const lead = cohort.lead.account;
  if (meeting) await settleMakeUps(world, records, meeting, { sessionId: session.id, lead });
};
