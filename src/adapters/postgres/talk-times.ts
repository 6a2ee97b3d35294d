/** Keeps how long each has spoken in a session, until that is deleted. */
import type { TalkTimes } from '../../ports/store.ts';
import { expectWritten } from './conflict.ts';
import type { Transaction } from './transaction.ts';

/** Shares the session's row until this transaction ends, so that nothing is counted once the session has ended. */
const expectUnfinished = async (tx: Transaction, sessionId: string): Promise<void> => {
  const count = await tx.$executeRaw`
    SELECT 1 FROM session WHERE id = ${sessionId}::uuid AND state <> 'ended' FOR SHARE`;
  expectWritten({ count });
};

/** Talk time, in a transaction. */
export const talkTimesIn = (tx: Transaction): TalkTimes => ({
  ofSession: async (sessionId) => {
    const rows = await tx.talkTime.findMany({ where: { sessionId }, orderBy: { personId: 'asc' } });
    return rows.map(({ personId, spokenMs, lastFrom: from, lastTo: to }) => ({
      ...{ personId, spokenMs },
      last: { from, to },
    }));
  },
  put: async (sessionId, { personId, spokenMs, last: { from, to } }) => {
    await expectUnfinished(tx, sessionId);
    const data = { spokenMs, lastFrom: from, lastTo: to };
    await tx.talkTime.upsert({
      where: { sessionId_personId: { sessionId, personId } },
      create: { ...data, sessionId, personId },
      update: data,
    });
  },
  forget: async (sessionId) => {
    await tx.talkTime.deleteMany({ where: { sessionId } });
  },
});
