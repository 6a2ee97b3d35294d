/** Makes everybody's attendance of the presence that was seen, as the session ends. */
import { agreementsNow, hashesOf, isInside } from '../core/agreement.ts';
import { type Attendance, attendanceOf, stayWithin } from '../core/attendance.ts';
import type { Cohort, Roster } from '../core/cohort.ts';
import { milestoneAt } from '../core/milestone.ts';
import type { Occurrence } from '../core/occurrence.ts';
import type { Ended } from '../core/session.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { followUpNoShows } from './follow-up-no-shows.ts';
import { oweMakeUps } from './owe-make-ups.ts';
import { settleMakeUps } from './settle-make-ups.ts';
import { endPresence } from './write-presence.ts';

interface Closing {
  readonly session: Ended;
  readonly cohort: Cohort;
  /** Missing when the session was held for no planned meeting. */
  readonly meeting: Occurrence | undefined;
}

/** Who of them had signed what must be signed, when the session began: nobody else could come in. */
const admitted = async (
  { catalogue }: Pick<World, 'catalogue'>,
  { signatures, agreements }: Pick<Records, 'signatures' | 'agreements'>,
  { session, cohort: { id, consentRound } }: Closing,
  members: Roster,
): Promise<ReadonlySet<string>> => {
  const atOpening = await agreements.heldAt(id, session.startedAt);
  const { holding } = agreementsNow(atOpening ? { atOpening } : {}, catalogue.agreement());
  const required = { sha256s: hashesOf(holding), consentRound };
  const given = (await signatures.ofCohort(id)).filter(({ signedAt }) => signedAt <= session.startedAt);
  const signed = members.filter((member) => isInside(member, given, required));
  return new Set(signed.map(({ person }) => person.id));
};

/** Those who were waiting had been told by then that nothing is counted against anybody. */
const beganLate = ({ session, cohort, meeting }: Closing): boolean =>
  meeting !== undefined && session.startedAt >= milestoneAt(meeting, 'lead-late', cohort.settings);

/** Whoever told before that they cannot come, could not come in, or was let go, is excused when they did not come. */
const excused = async (
  world: Pick<World, 'catalogue'>,
  records: Records,
  closing: Closing,
  members: Roster,
): Promise<(personId: string) => boolean> => {
  if (beganLate(closing)) return () => true;
  const { meeting } = closing;
  const inside = await admitted(world, records, closing, members);
  const answers = meeting ? await records.rsvps.ofOccurrence(meeting.id) : [];
  const told = answers.filter(({ answer }) => answer === 'not-coming').map(({ person }) => person.id);
  return (personId) => !inside.has(personId) || told.includes(personId);
};

/**
 * Ends all presence and keeps the attendance of everyone who belonged to the group during the session, in the change
 * that ends it, with what somebody may make up for and what was made up in it. Who left the group and came back within the session has one attendance, as one person.
 */
export const closeAttendance = async (
  world: Pick<World, 'ids' | 'clock' | 'catalogue'>,
  records: Records,
  session: Ended,
  cohort: Cohort,
): Promise<void> => {
  await endPresence(world, records, { sessionId: session.id, guildId: cohort.guildId }, session.endedAt);
  const intervals = await records.presences.ofSession(session.id);
  const members = await records.memberships.rosterSince(cohort.id, session.startedAt);
  const meeting = await records.occurrences.ofSession(session.id);
  const window = { ...session, ...(meeting && { expectedAt: meeting.startsAt }) };
  const isExcused = await excused(world, records, { session, cohort, meeting }, members);
  const attendances: Attendance[] = [];
  for (const person of new Map(members.map(({ person }) => [person.id, person])).values()) {
    const own = intervals.filter(({ personId }) => personId === person.id);
    const computed = attendanceOf(stayWithin(own, window), cohort.policy);
    const attendance: Attendance = {
      id: world.ids.next(),
      sessionId: session.id,
      person,
      ...computed,
      ...(computed.status === 'no-show' && isExcused(person.id) && { status: 'excused' }),
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
