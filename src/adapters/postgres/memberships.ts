/** Keeps who belongs to a cohort, and who did. */
import type { Membership } from '../../core/cohort.ts';
import type { Memberships } from '../../ports/store.ts';
import { expectWritten, Refused } from './conflict.ts';
import type { Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

type MembershipRow = Prisma.MembershipGetPayload<{ include: { person: true; therapist: true } }>;

const membershipOf = (row: MembershipRow): Membership => ({
  id: row.id,
  cohortId: row.cohortId,
  person: row.person,
  ...(row.therapist && { therapist: row.therapist }),
  enrolledAt: row.enrolledAt,
  ...(row.dischargedAt && { dischargedAt: row.dischargedAt }),
  ...(row.awaitsConsent && { awaitsConsent: true }),
});

const rowOf = (membership: Membership) => ({
  id: membership.id,
  cohortId: membership.cohortId,
  personId: membership.person.id,
  therapistId: membership.therapist?.id ?? null,
  enrolledAt: membership.enrolledAt,
  dischargedAt: membership.dischargedAt ?? null,
  awaitsConsent: membership.awaitsConsent ?? false,
});

const where = async (tx: Transaction, which: Prisma.MembershipWhereInput) => {
  const rows = await tx.membership.findMany({
    where: which,
    include: { person: true, therapist: true },
    orderBy: [{ enrolledAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(membershipOf);
};

const codes = async (tx: Transaction, cohortId: string): Promise<ReadonlyMap<string, string>> => {
  const rows = await tx.membership.findMany({ where: { cohortId }, select: { personId: true, code: true } });
  return new Map(rows.map(({ personId, code }) => [personId, code]));
};

/** Memberships, in a transaction. */
export const membershipsIn = (tx: Transaction): Memberships => ({
  roster: (cohortId) => where(tx, { cohortId, dischargedAt: null }),
  rosterSince: (cohortId, since) =>
    where(tx, { cohortId, OR: [{ dischargedAt: null }, { dischargedAt: { gt: since } }] }),
  add: async (membership) => {
    const { count } = await tx.membership.createMany({ data: rowOf(membership), skipDuplicates: true });
    if (count === 0) throw new Refused({ code: 'already-enrolled' });
  },
  assign: async (id, therapist) =>
    expectWritten(
      await tx.membership.updateMany({
        where: { id, dischargedAt: null },
        data: { therapistId: therapist?.id ?? null },
      }),
    ),
  admit: async (ids) => {
    await tx.membership.updateMany({ where: { id: { in: [...ids] } }, data: { awaitsConsent: false } });
  },
  codes: (cohortId) => codes(tx, cohortId),
  discharge: async (id, dischargedAt) =>
    expectWritten(
      await tx.membership.updateMany({ where: { id, dischargedAt: null }, data: { dischargedAt } }),
    ),
});
