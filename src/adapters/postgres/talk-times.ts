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
    // What is held goes when it was kept long enough, once it is held no longer.
    await tx.$executeRaw`
      DELETE FROM talk_time t USING session s
      WHERE t.session_id = ${sessionId}::uuid AND s.id = t.session_id AND NOT EXISTS (
        SELECT FROM legal_hold h WHERE h.cohort_id = s.cohort_id AND h.lifted_at IS NULL
          AND (h.person_id IS NULL OR h.person_id = t.person_id)
      )`;
  },
});
