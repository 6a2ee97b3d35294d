/** Keeps which message of ours stands where, and what it shows. */
import type { Standing, Standings } from '../../ports/store.ts';
import { oneOf } from './columns.ts';
import type { StandingMessage } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const BOARDS = ['session-card', 'staff-panel', 'agreement'] as const;

const standingOf = (row: StandingMessage): Standing => ({
  id: row.id,
  cohortId: row.cohortId,
  kind: oneOf(BOARDS, row.kind),
  ...(row.sessionId && { sessionId: row.sessionId }),
  channelId: row.channelId,
  ...(row.messageId && { messageId: row.messageId }),
  ...(row.shows && { shows: row.shows }),
});

const rowOf = (standing: Standing): StandingMessage => ({
  ...standing,
  sessionId: standing.sessionId ?? null,
  messageId: standing.messageId ?? null,
  shows: standing.shows ?? null,
});

/** Standing messages, in a transaction. */
export const standingsIn = (tx: Transaction): Standings => ({
  find: async (cohortId, kind, sessionId) => {
    const row = await tx.standingMessage.findFirst({
      where: { cohortId, kind, sessionId: sessionId ?? null },
    });
    return row ? standingOf(row) : undefined;
  },
  put: async (standing) => {
    const row = rowOf(standing);
    await tx.standingMessage.upsert({ where: { id: row.id }, create: row, update: row });
  },
});
