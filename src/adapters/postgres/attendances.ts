/** Keeps attendance as it was computed, and every correction beside it. */
import { type Amendment, ATTENDANCE_STATUSES, type Attendance } from '../../core/attendance.ts';
import { confidential, open } from '../../core/confidential.ts';
import type { Attendances } from '../../ports/store.ts';
import { oneOf } from './columns.ts';
import type { AttendanceAmendment, Prisma } from './generated/client.ts';
import type { Sealing, Spot } from './sealing.ts';
import type { Transaction } from './transaction.ts';

const spot = (rowId: string): Spot => ({ table: 'attendance_amendment', column: 'sealed_reason', rowId });

const whole = {
  person: true,
  amendments: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
} as const satisfies Prisma.AttendanceInclude;

type AttendanceRow = Prisma.AttendanceGetPayload<{ include: { person: true; amendments: true } }>;

const amendmentOf = (sealing: Sealing, row: AttendanceAmendment): Amendment => ({
  id: row.id,
  status: oneOf(ATTENDANCE_STATUSES, row.status),
  by: row.by,
  at: row.at,
  reason: confidential(sealing.unseal(row.sealedReason, spot(row.id))),
});

const amendmentRow = (
  sealing: Sealing,
  attendanceId: string,
  { reason, ...amendment }: Amendment,
): AttendanceAmendment => ({
  ...amendment,
  attendanceId,
  sealedReason: sealing.seal(open(reason), spot(amendment.id)),
});

const attendanceOf = (sealing: Sealing, row: AttendanceRow): Attendance => ({
  id: row.id,
  sessionId: row.sessionId,
  person: row.person,
  status: oneOf(ATTENDANCE_STATUSES, row.status),
  minutes: row.minutes,
  unobservedMinutes: row.unobservedMinutes,
  lateMinutes: row.lateMinutes,
  amendments: row.amendments.map((amendment) => amendmentOf(sealing, amendment)),
});

/** Attendance, in a transaction. */
export const attendancesIn = (tx: Transaction, sealing: Sealing): Attendances => ({
  ofSession: async (sessionId) => {
    const rows = await tx.attendance.findMany({
      where: { sessionId },
      include: whole,
      orderBy: { id: 'asc' },
    });
    return rows.map((row) => attendanceOf(sealing, row));
  },
  ofSessions: async (sessionIds) => {
    const rows = await tx.attendance.findMany({
      where: { sessionId: { in: [...sessionIds] } },
      include: whole,
      orderBy: { id: 'asc' },
    });
    return rows.map((row) => attendanceOf(sealing, row));
  },
  latestOf: async (cohortId, personId, most) => {
    const rows = await tx.attendance.findMany({
      where: { personId, session: { cohortId, personId: null } },
      include: whole,
      orderBy: { session: { number: 'desc' } },
      take: most,
    });
    return rows.map((row) => attendanceOf(sealing, row));
  },
  add: async ({ person, amendments, ...computed }) => {
    await tx.attendance.create({ data: { ...computed, personId: person.id } });
    const rows = amendments.map((amendment) => amendmentRow(sealing, computed.id, amendment));
    await tx.attendanceAmendment.createMany({ data: rows });
  },
  amend: async (attendanceId, amendment) => {
    await tx.attendanceAmendment.create({ data: amendmentRow(sealing, attendanceId, amendment) });
  },
});
