/** Corrects somebody's attendance: what was counted stays, and the correction stands beside it. */
import type { Attendance, AttendanceStatus, NewAmendment } from '../core/attendance.ts';
import type { Confidential } from '../core/confidential.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Ended } from '../core/session.ts';
import type { World } from '../ports/world.ts';
import { endedSession } from './ended-session.ts';
import { reviewMakeUp } from './owe-make-ups.ts';

export interface Correction {
  readonly cohortId: string;
  /** Account of the person whose attendance it is. */
  readonly account: string;
  readonly status: AttendanceStatus;
  readonly reason: Confidential<string>;
  /** Account of the member of staff who corrects it. */
  readonly by: string;
  /** Of the session; the last that ended when missing. */
  readonly number?: number | undefined;
}

export interface Marked {
  readonly session: Ended;
  readonly attendance: Attendance;
}

/** Marks; whoever was on the roster when the session ended can be marked, also after they have left the group. */
export const markAttendance = (world: World, correction: Correction): Promise<Outcome<Marked>> =>
  world.store.change<Marked>(async (records) => {
    const { cohortId, account, status, reason, by, number } = correction;
    const session = await endedSession(records, cohortId, number);
    if (!session.ok) return session;
    const all = await records.attendances.ofSession(session.value.id);
    const attendance = all.find(({ person }) => person.account === account);
    if (!attendance) return refuse({ code: 'no-such-person-here' });
    const amendment: NewAmendment = { id: world.ids.next(), status, by, at: world.clock.now(), reason };
    await records.attendances.amend(attendance.id, amendment);
    const corrected = { ...attendance, amendments: [...attendance.amendments, amendment] };
    await reviewMakeUp(world, records, session.value, corrected);
    return allow({ session: session.value, attendance: corrected });
  });
