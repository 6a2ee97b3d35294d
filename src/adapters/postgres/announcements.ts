/** Keeps what is to be said, and what was said. */
import type { Announcement } from '../../core/board.ts';
import type { AnnouncementRecord, Announcements } from '../../ports/store.ts';
import { oneOf, toJson } from './columns.ts';
import type { Announcement as AnnouncementRow } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const recordOf = (row: AnnouncementRow): AnnouncementRecord => ({
  id: row.id,
  cohortId: row.cohortId,
  room: oneOf(['group', 'staff'], row.room),
  // Only `add` writes this column, and it writes an Announcement.
  announcement: row.announcement as unknown as Announcement,
  madeAt: row.madeAt,
  ...(row.saidAt && { saidAt: row.saidAt }),
});

/** Announcements, in a transaction. */
export const announcementsIn = (tx: Transaction): Announcements => ({
  byId: async (id) => {
    const row = await tx.announcement.findUnique({ where: { id } });
    return row ? recordOf(row) : undefined;
  },
  after: async ({ id, cohortId, room, madeAt }) => {
    const rows = await tx.announcement.findMany({
      // Ids are in the order in which they were made.
      where: { cohortId, room, OR: [{ madeAt: { gt: madeAt } }, { madeAt, id: { gt: id } }] },
      orderBy: [{ madeAt: 'asc' }, { id: 'asc' }],
    });
    return rows.map((row) => recordOf(row).announcement);
  },
  latest: async (cohortId, kinds) => {
    const OR = kinds.map((kind) => ({ announcement: { path: ['kind'], equals: kind } }));
    const orderBy = [{ madeAt: 'desc' }, { id: 'desc' }] as const;
    const row = await tx.announcement.findFirst({ where: { cohortId, OR }, orderBy: [...orderBy] });
    return row ? recordOf(row) : undefined;
  },
  messages: async (cohortId) => {
    const rows = await tx.announcement.findMany({
      where: { cohortId, messageId: { not: null } },
      select: { messageId: true },
    });
    return rows.flatMap(({ messageId }) => messageId ?? []);
  },
  add: async ({ saidAt: _unsaid, announcement, ...record }) => {
    await tx.announcement.create({ data: { ...record, announcement: toJson(announcement) } });
  },
  said: async (id, saidAt, messageId) => {
    await tx.announcement.update({ where: { id }, data: { saidAt, messageId } });
  },
});
