/** Keeps who waits for a place in a cohort, and what became of it. */
import type { WaitlistEntry } from '../../core/waitlist.ts';
import type { Waitlists } from '../../ports/store.ts';
import { oneOf } from './columns.ts';
import { expectWritten, Refused } from './conflict.ts';
import type { Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

type EntryRow = Prisma.WaitlistEntryGetPayload<{ include: { person: true } }>;

const entryOf = ({ personId: _id, outcome, settledBy, settledAt, ...row }: EntryRow): WaitlistEntry => ({
  ...row,
  ...(outcome !== null &&
    settledBy !== null &&
    settledAt && {
      settled: { outcome: oneOf(['enrolled', 'removed'], outcome), by: settledBy, at: settledAt },
    }),
});

/** Waitlists, in a transaction. */
export const waitlistsIn = (tx: Transaction): Waitlists => ({
  waiting: async (cohortId) => {
    const rows = await tx.waitlistEntry.findMany({
      where: { cohortId, settledAt: null },
      include: { person: true },
      orderBy: [{ addedAt: 'asc' }, { id: 'asc' }],
    });
    return rows.map(entryOf);
  },
  add: async ({ id, cohortId, person, addedBy, addedAt }) => {
    const data = { id, cohortId, personId: person.id, addedBy, addedAt };
    const { count } = await tx.waitlistEntry.createMany({ data, skipDuplicates: true });
    if (count === 0) throw new Refused({ code: 'already-on-waitlist' });
  },
  settle: async (id, { outcome, by, at }) =>
    expectWritten(
      await tx.waitlistEntry.updateMany({
        where: { id, settledAt: null },
        data: { outcome, settledBy: by, settledAt: at },
      }),
    ),
});
