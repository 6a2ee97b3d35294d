/** Keeps attendance as it was computed, and every correction beside it. */
import {
  type Amendment,
  ATTENDANCE_STATUSES,
  type Attendance,
  type NewAmendment,
} from '../../core/attendance.ts';
import { confidential, open } from '../../core/confidential.ts';
import type { Attendances } from '../../ports/store.ts';
import { oneOf } from './columns.ts';
import type { AttendanceAmendment, Prisma } from './generated/client.ts';
import { type Opener, type Owner, ofPerson, type Sealer, type Sealing, type Spot } from './sealing.ts';
import type { Transaction } from './transaction.ts';

const spot = (rowId: string): Spot => ({ table: 'attendance_amendment', column: 'sealed_reason', rowId });

const whole = {
  person: true,
  amendments: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
} as const satisfies Prisma.AttendanceInclude;

type AttendanceRow = Prisma.AttendanceGetPayload<{ include: { person: true; amendments: true } }>;

/** Whose reason it is; a correction stands without it. */
const ownerOf = (row: AttendanceRow): Owner => ofPerson(row.personId);

const amendmentOf = (row: AttendanceAmendment, opener: Opener | undefined): Amendment => ({
  id: row.id,
  status: oneOf(ATTENDANCE_STATUSES, row.status),
  by: row.by,
  at: row.at,
  ...(opener && { reason: confidential(opener.unseal(row.sealedReason, spot(row.id))) }),
});

const amendmentRow = (
  attendanceId: string,
  { reason, ...amendment }: NewAmendment,
  sealer: Sealer,
): AttendanceAmendment => ({
  ...amendment,
  attendanceId,
  sealedReason: sealer.seal(open(reason), spot(amendment.id)),
});

const attendanceOf = (row: AttendanceRow, opener: Opener | undefined): Attendance => ({
  id: row.id,
  sessionId: row.sessionId,
  person: row.person,
  status: oneOf(ATTENDANCE_STATUSES, row.status),
  minutes: row.minutes,
  unobservedMinutes: row.unobservedMinutes,
  lateMinutes: row.lateMinutes,
  amendments: row.amendments.map((amendment) => amendmentOf(amendment, opener)),
});

/** Attendance, in a transaction. */
export const attendancesIn = (tx: Transaction, sealing: Sealing): Attendances => ({
  ofSession: async (sessionId) => {
    const rows = await tx.attendance.findMany({
      where: { sessionId },
      include: whole,
      orderBy: { id: 'asc' },
    });
    return sealing.openEach(rows, ownerOf, attendanceOf);
  },
  ofSessions: async (sessionIds) => {
    const rows = await tx.attendance.findMany({
      where: { sessionId: { in: [...sessionIds] } },
      include: whole,
      orderBy: { id: 'asc' },
    });
    return sealing.openEach(rows, ownerOf, attendanceOf);
  },
  latestOf: async (cohortId, personId, most) => {
    const rows = await tx.attendance.findMany({
      where: { personId, session: { cohortId, personId: null } },
      include: whole,
      orderBy: { session: { number: 'desc' } },
      take: most,
    });
    return sealing.openEach(rows, ownerOf, attendanceOf);
  },
  add: async ({ id, sessionId, person, status, minutes, unobservedMinutes, lateMinutes }) => {
    const computed = { status, minutes, unobservedMinutes, lateMinutes };
    await tx.attendance.create({ data: { id, sessionId, personId: person.id, ...computed } });
  },
  amend: async (attendanceId, amendment) => {
    const { personId } = await tx.attendance.findUniqueOrThrow({
      where: { id: attendanceId },
      select: { personId: true },
    });
    const data = await sealing.sealFor(ofPerson(personId), (sealer) =>
      amendmentRow(attendanceId, amendment, sealer),
    );
    await tx.attendanceAmendment.create({ data });
  },
});
