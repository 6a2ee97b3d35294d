/** Keeps which message of ours stands where, and what it shows. */
import type { StandingMessage, StandingMessages } from '../../ports/store.ts';
import { oneOf } from './columns.ts';
import type { StandingMessage as StandingMessageRow } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const BOARDS = ['session-card', 'staff-panel', 'agreement', 'individual-card'] as const;

const standingOf = (row: StandingMessageRow): StandingMessage => ({
  id: row.id,
  cohortId: row.cohortId,
  kind: oneOf(BOARDS, row.kind),
  ...(row.sessionId && { sessionId: row.sessionId }),
  ...(row.occurrenceId && { occurrenceId: row.occurrenceId }),
  channelId: row.channelId,
  ...(row.messageId && { messageId: row.messageId }),
  ...(row.shows && { shows: row.shows }),
});

const rowOf = (standing: StandingMessage): StandingMessageRow => ({
  ...standing,
  sessionId: standing.sessionId ?? null,
  occurrenceId: standing.occurrenceId ?? null,
  messageId: standing.messageId ?? null,
  shows: standing.shows ?? null,
});

/** Standing messages, in a transaction. */
export const standingMessagesIn = (tx: Transaction): StandingMessages => ({
  find: async (cohortId, kind, of) => {
    const owner =
      of === undefined
        ? { sessionId: null, occurrenceId: null }
        : { OR: [{ sessionId: of }, { occurrenceId: of }] };
    const row = await tx.standingMessage.findFirst({ where: { cohortId, kind, ...owner } });
    return row ? standingOf(row) : undefined;
  },
  put: async (standing) => {
    const row = rowOf(standing);
    await tx.standingMessage.upsert({ where: { id: row.id }, create: row, update: row });
  },
});
