/** Makes everybody's attendance of the presence that was seen, as the session ends. */
import { attendanceOf, stayWithin } from '../core/attendance.ts';
import type { Cohort } from '../core/cohort.ts';
import type { Ended } from '../core/session.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { oweMakeUps } from './owe-make-ups.ts';
import { settleMakeUps } from './settle-make-ups.ts';
import { endPresence } from './write-presence.ts';

/**
 * Ends all presence and keeps the attendance of everyone who belonged to the group during the session, in the change
 * that ends it, with what somebody may make up for and what was made up in it. Who left the group and came back within the session has one attendance, as one person.
 */
export const closeAttendance = async (
  world: Pick<World, 'ids' | 'clock'>,
  records: Records,
  session: Ended,
  cohort: Pick<Cohort, 'id' | 'policy' | 'settings' | 'lead'>,
): Promise<void> => {
  await endPresence(world, records, session.id, session.endedAt);
  const intervals = await records.presences.ofSession(session.id);
  const members = await records.memberships.rosterSince(cohort.id, session.startedAt);
  for (const person of new Map(members.map(({ person }) => [person.id, person])).values()) {
    const own = intervals.filter(({ personId }) => personId === person.id);
    await records.attendances.add({
      id: world.ids.next(),
      sessionId: session.id,
      person,
      ...attendanceOf(stayWithin(own, session), cohort.policy),
      amendments: [],
    });
  }
  await oweMakeUps(world, records, session, cohort);
  const meeting = await records.occurrences.ofSession(session.id);
  const lead = cohort.lead.account;
  if (meeting) await settleMakeUps(world, records, meeting, { sessionId: session.id, lead });
};
