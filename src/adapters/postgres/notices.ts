/** Keeps the ledger of what was told to whom, how, or why not. */
import type { Announcement } from '../../core/board.ts';
import {
  NOTICE_ROOMS,
  type NoticeCount,
  type NoticeOutcome,
  type NoticeRecord,
  type ToPerson,
  type ToRoom,
} from '../../core/ledger.ts';
import { REMINDERS } from '../../core/milestone.ts';
import type { Notice } from '../../core/notice.ts';
import { NOTICE_WHYS } from '../../core/reminder.ts';
import type { Notices } from '../../ports/store.ts';
import { given, oneOf, toJson } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const OUTCOMES = ['pending', 'direct', 'mention', 'room', 'dropped'] as const;

type NoticeRow = Prisma.NoticeGetPayload<{ include: { person: true } }>;

const outcomeOf = (row: NoticeRow): NoticeOutcome => {
  const outcome = oneOf(OUTCOMES, row.outcome);
  if (outcome === 'pending') return { outcome };
  const settledAt = given(row.settledAt);
  if (outcome === 'dropped') return { outcome, settledAt, why: oneOf(NOTICE_WHYS, given(row.why)) };
  return { outcome, settledAt, messageId: given(row.messageId) };
};

const addressOf = ({ person, facts, direct, room, roomNumber, toldIn }: NoticeRow): ToPerson | ToRoom => {
  // Only `claim` writes this column, and it writes a Notice for a person and an Announcement for a room.
  if (!person)
    return { room: oneOf(['group', 'staff'], given(room)), announcement: facts as unknown as Announcement };
  const notice = facts as unknown as Notice;
  const where = {
    ...(room !== null && { room: oneOf(NOTICE_ROOMS, room) }),
    ...(roomNumber !== null && { number: roomNumber }),
    ...(toldIn !== null && { toldIn }),
  };
  return { person, notice, direct, ...where };
};

const recordOf = (row: NoticeRow): NoticeRecord => ({
  ...addressOf(row),
  id: row.id,
  cohortId: row.cohortId,
  ...(row.occurrenceId !== null && { occurrenceId: row.occurrenceId }),
  key: row.key,
  ...(row.reminder !== null && { reminder: oneOf(REMINDERS, row.reminder) }),
  madeAt: row.madeAt,
  ...(row.why !== null && { why: oneOf(NOTICE_WHYS, row.why) }),
  state: outcomeOf(row),
});

const addressRow = (record: NoticeRecord) => {
  if (!('person' in record)) {
    const { room, announcement } = record;
    return { kind: announcement.kind, facts: toJson(announcement), direct: false, room };
  }
  const { person, notice, direct, room = null, number: roomNumber = null, toldIn = null } = record;
  return { personId: person.id, kind: notice.kind, facts: toJson(notice), direct, room, roomNumber, toldIn };
};

const rowOf = (record: NoticeRecord) => {
  const { id, cohortId, occurrenceId = null, key, reminder = null, madeAt, why = null, state } = record;
  return { id, cohortId, occurrenceId, key, reminder, madeAt, why, ...addressRow(record), ...state };
};

const countOf = (row: {
  readonly occurrenceId: string | null;
  readonly outcome: string;
  readonly why: string | null;
  readonly _count: number;
}): NoticeCount => ({
  occurrenceId: given(row.occurrenceId),
  outcome: oneOf(OUTCOMES, row.outcome),
  ...(row.why !== null && { why: oneOf(NOTICE_WHYS, row.why) }),
  count: row._count,
});

/** Notices, in a transaction. */
export const noticesIn = (tx: Transaction): Notices => ({
  byId: async (id) => {
    const row = await tx.notice.findUnique({ where: { id }, include: { person: true } });
    return row ? recordOf(row) : undefined;
  },
  claim: async (record) => {
    const { count } = await tx.notice.createMany({ data: rowOf(record), skipDuplicates: true });
    return count === 1;
  },
  fallBack: async (id) => {
    const data = { direct: false, why: 'closed' };
    expectWritten(await tx.notice.updateMany({ where: { id, outcome: 'pending' }, data }));
  },
  settle: async (id, outcome) => {
    expectWritten(await tx.notice.updateMany({ where: { id, outcome: 'pending' }, data: outcome }));
    await tx.notice.updateMany({ where: { toldIn: id, outcome: 'pending' }, data: outcome });
  },
  isOvertaken: async (record) => {
    if (record.reminder === undefined || record.occurrenceId === undefined) return false;
    const about = 'person' in record ? record.notice : record.announcement;
    if (!('startsAt' in about)) return false;
    const later = await tx.notice.findFirst({
      where: {
        occurrenceId: record.occurrenceId,
        personId: 'person' in record ? record.person.id : null,
        reminder: { in: REMINDERS.slice(REMINDERS.indexOf(record.reminder) + 1) },
        facts: { path: ['startsAt'], equals: about.startsAt },
        outcome: { not: 'dropped' },
      },
      select: { id: true },
    });
    return later !== null;
  },
  ofPerson: async (cohortId, personId, most) => {
    const rows = await tx.notice.findMany({
      where: { cohortId, personId },
      include: { person: true },
      orderBy: [{ madeAt: 'desc' }, { id: 'desc' }],
      take: most,
    });
    return rows.map(recordOf);
  },
  counts: async (occurrenceIds) => {
    const rows = await tx.notice.groupBy({
      by: ['occurrenceId', 'outcome', 'why'],
      where: { occurrenceId: { in: [...occurrenceIds] }, personId: { not: null } },
      orderBy: [{ outcome: 'asc' }, { why: 'asc' }],
      _count: true,
    });
    return rows.map(countOf);
  },
  messages: async (cohortId, since) => {
    const rows = await tx.notice.findMany({
      where: { cohortId, madeAt: { gte: since }, messageId: { not: null } },
      select: { messageId: true },
      distinct: ['messageId'],
    });
    return rows.flatMap(({ messageId }) => messageId ?? []);
  },
  waitingForPairs: async (cohortId) => {
    const rows = await tx.notice.findMany({
      where: { cohortId, outcome: 'pending', direct: false, roomNumber: { not: null } },
      select: { id: true },
      orderBy: [{ madeAt: 'asc' }, { id: 'asc' }],
    });
    return rows.map(({ id }) => id);
  },
  pairsTold: async (cohortId, since, now) => {
    const rows = await tx.notice.findMany({
      where: {
        ...{ cohortId, madeAt: { gt: since }, direct: false, roomNumber: { not: null } },
        outcome: { in: ['pending', 'mention'] },
        OR: [{ occurrenceId: null }, { occurrence: { startsAt: { gt: now } } }],
      },
      select: { roomNumber: true },
      distinct: ['roomNumber'],
    });
    return rows.flatMap(({ roomNumber }) => roomNumber ?? []);
  },
});
