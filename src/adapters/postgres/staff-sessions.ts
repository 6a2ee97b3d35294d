/** Keeps who is signed in on pages, by the digest of what their browser holds. */
import type { StaffSession } from '../../core/staff-session.ts';
import type { StaffSessions } from '../../ports/store.ts';
import type { Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

type SessionRow = Prisma.StaffSessionGetPayload<{ include: { person: true } }>;

const sessionOf = (row: SessionRow): StaffSession => ({
  id: row.id,
  person: row.person,
  tokenSha256: row.tokenSha256,
  madeAt: row.madeAt,
  seenAt: row.seenAt,
  ...(row.confirmedAt && { confirmedAt: row.confirmedAt }),
  ...(row.endedAt && { endedAt: row.endedAt }),
});

/** Sessions of staff, in a transaction. */
export const staffSessionsIn = (tx: Transaction): StaffSessions => ({
  byToken: async (tokenSha256) => {
    const row = await tx.staffSession.findUnique({ where: { tokenSha256 }, include: { person: true } });
    return row ? sessionOf(row) : undefined;
  },
  add: async ({ person, ...session }) => {
    await tx.staffSession.create({ data: { ...session, personId: person.id } });
  },
  seen: async (id, seenAt) => {
    await tx.staffSession.updateMany({ where: { id, endedAt: null }, data: { seenAt } });
  },
  end: async (personId, endedAt) => {
    const { count } = await tx.staffSession.updateMany({
      where: { personId, endedAt: null },
      data: { endedAt },
    });
    return count;
  },
});
