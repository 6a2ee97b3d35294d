/** Keeps which message of ours stands where, and what it shows. */
import type { StandingMessage, StandingMessages } from '../../ports/store.ts';
import { oneOf } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { StandingMessage as StandingMessageRow } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const BOARDS = [
  'session-card',
  'staff-panel',
  'agreement',
  'lobby',
  'individual-card',
  'check-card',
  'exercise-card',
  'link-card',
] as const;

/** Kinds that belong to a meeting, and not to a session. */
const OF_A_MEETING: ReadonlySet<string> = new Set(['lobby', 'individual-card']);

const standingOf = (row: StandingMessageRow): StandingMessage => ({
  id: row.id,
  cohortId: row.cohortId,
  kind: oneOf(BOARDS, row.kind),
  ...(row.sessionId && { sessionId: row.sessionId }),
  channelId: row.channelId,
  ...(row.messageId && { messageId: row.messageId }),
  ...(row.shows && { shows: row.shows }),
  ...(row.occurrenceId && { occurrenceId: row.occurrenceId }),
  ...(row.number !== null && { number: row.number }),
  ...(row.postedFor && { postedFor: row.postedFor }),
  ...(row.formerMessageId && { formerMessageId: row.formerMessageId }),
});

const rowOf = (standing: StandingMessage): StandingMessageRow => ({
  ...standing,
  sessionId: standing.sessionId ?? null,
  messageId: standing.messageId ?? null,
  shows: standing.shows ?? null,
  occurrenceId: standing.occurrenceId ?? null,
  number: standing.number ?? null,
  postedFor: standing.postedFor ?? null,
  formerMessageId: standing.formerMessageId ?? null,
});

const belonging = (kind: string, of: string | undefined) => {
  if (kind === 'check-card') return { number: Number(of) };
  return OF_A_MEETING.has(kind) ? { occurrenceId: of ?? null } : { sessionId: of ?? null };
};

/** Standing messages, in a transaction. */
export const standingMessagesIn = (tx: Transaction): StandingMessages => ({
  find: async (cohortId, kind, of) => {
    const row = await tx.standingMessage.findFirst({ where: { cohortId, kind, ...belonging(kind, of) } });
    return row ? standingOf(row) : undefined;
  },
  // Ids are in the order of their making.
  last: async (cohortId, kind) => {
    const row = await tx.standingMessage.findFirst({ where: { cohortId, kind }, orderBy: { id: 'desc' } });
    return row ? standingOf(row) : undefined;
  },
  put: async (standing) => {
    const row = rowOf(standing);
    await tx.standingMessage.upsert({ where: { id: row.id }, create: row, update: row });
  },
  replace: async (id, standing) => {
    expectWritten(await tx.standingMessage.updateMany({ where: { id }, data: rowOf(standing) }));
  },
});
