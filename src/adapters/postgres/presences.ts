/** Keeps when people were in their cohort's voice room. */
import type { Interval } from '../../core/presence.ts';
import type { Presences } from '../../ports/store.ts';
import { oneOf } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { PresenceInterval, Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const intervalOf = (row: PresenceInterval): Interval => ({
  id: row.id,
  sessionId: row.sessionId,
  personId: row.personId,
  start: row.startedAt,
  ...(row.endedAt && { end: row.endedAt }),
  seen: oneOf(['observed', 'unobserved'], row.seen),
});

const rowOf = ({ start, end, ...interval }: Interval): PresenceInterval => ({
  ...interval,
  startedAt: start,
  endedAt: end ?? null,
});

const where = async (tx: Transaction, which: Prisma.PresenceIntervalWhereInput) => {
  const rows = await tx.presenceInterval.findMany({
    where: which,
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(intervalOf);
};

/** Shares the session's row until this transaction ends, so that the session cannot end beside it. */
const expectUnfinished = async (tx: Transaction, sessionId: string): Promise<void> => {
  const count = await tx.$executeRaw`
    SELECT 1 FROM session WHERE id = ${sessionId}::uuid AND state <> 'ended' FOR SHARE`;
  expectWritten({ count });
};

/** Presence, in a transaction. */
export const presencesIn = (tx: Transaction): Presences => ({
  ofSession: (sessionId) => where(tx, { sessionId }),
  ofSessions: (sessionIds) => where(tx, { sessionId: { in: [...sessionIds] } }),
  open: (sessionId) => where(tx, { sessionId, endedAt: null }),
  // An overlap means that somebody else noted the same person in between.
  start: async (interval) => {
    await expectUnfinished(tx, interval.sessionId);
    expectWritten(await tx.presenceInterval.createMany({ data: rowOf(interval), skipDuplicates: true }));
  },
  end: async (id, endedAt) =>
    expectWritten(await tx.presenceInterval.updateMany({ where: { id, endedAt: null }, data: { endedAt } })),
  lastObserved: async (id) => (await tx.server.findUnique({ where: { id } }))?.observedAt ?? undefined,
  observed: async (id, observedAt) => {
    await tx.server.upsert({ where: { id }, create: { id, observedAt }, update: { observedAt } });
  },
});
