/** Gathers who attended a session, as far as the one who asks may know. */
import { STAFF, type Standings } from '../core/access.ts';
import type { Attendance, Attestation } from '../core/attendance.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import type { Ended } from '../core/session.ts';
import type { World } from '../ports/world.ts';
import { endedSession } from './ended-session.ts';

export interface AttendanceAsked {
  readonly cohortId: string;
  readonly asker: Person;
  /** Of the asker, in this cohort. */
  readonly standings: Standings;
  /** Of the session; the last that ended when missing. */
  readonly number?: number | undefined;
}

/** `self`: only their own; `admin`: everybody's, without the reasons of corrections. */
export type AttendanceReader = 'self' | 'staff' | 'admin';

export interface AttendanceShown {
  readonly reader: AttendanceReader;
  readonly session: Ended;
  readonly attendances: readonly Attendance[];
  /** Missing while nobody has attested it. */
  readonly attestation?: Attestation;
}

const readerOf = (standings: Standings): AttendanceReader => {
  if (STAFF.some((standing) => standings.has(standing))) return 'staff';
  return standings.has('admin') ? 'admin' : 'self';
};

/** The attendance of one session that has ended. */
export const showAttendance = async (
  { store }: World,
  { cohortId, asker, standings, number }: AttendanceAsked,
): Promise<Outcome<AttendanceShown>> => {
  const session = await endedSession(store.records, cohortId, number);
  if (!session.ok) return session;
  const reader = readerOf(standings);
  const all = await store.records.attendances.ofSession(session.value.id);
  const attendances = reader === 'self' ? all.filter(({ person }) => person.id === asker.id) : all;
  // Somebody who joined the group later has no attendance in its earlier sessions.
  if (attendances.length === 0) return refuse({ code: 'no-attendance-yet' });
  const [attestation] = await store.records.attestations.ofSessions([session.value.id]);
  return allow({ reader, session: session.value, attendances, ...(attestation && { attestation }) });
};
