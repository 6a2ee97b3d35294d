/** Keeps the addresses of people's calendars, by the digest of their secret part. */
import type { CalendarFeed } from '../../core/feed.ts';
import type { CalendarFeeds } from '../../ports/store.ts';
import type { Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

type FeedRow = Prisma.CalendarFeedGetPayload<{ include: { person: true } }>;

const feedOf = (row: FeedRow): CalendarFeed => ({
  id: row.id,
  person: row.person,
  guildId: row.serverId,
  tokenSha256: row.tokenSha256,
  locale: row.locale,
  madeAt: row.madeAt,
});

const find = async (
  tx: Transaction,
  which: Prisma.CalendarFeedWhereInput,
): Promise<CalendarFeed | undefined> => {
  const where = { ...which, revokedAt: null };
  const row = await tx.calendarFeed.findFirst({ where, include: { person: true } });
  return row ? feedOf(row) : undefined;
};

/** Calendar feeds, in a transaction. */
export const calendarFeedsIn = (tx: Transaction): CalendarFeeds => ({
  live: (personId, serverId) => find(tx, { personId, serverId }),
  byToken: (tokenSha256) => find(tx, { tokenSha256 }),
  givenSince: (personId, at) => tx.calendarFeed.count({ where: { personId, madeAt: { gte: at } } }),
  add: async ({ person, guildId, ...feed }) => {
    await tx.calendarFeed.create({ data: { ...feed, personId: person.id, serverId: guildId } });
  },
  revoke: async (personId, serverId, revokedAt) => {
    const where = { personId, serverId, revokedAt: null };
    await tx.calendarFeed.updateMany({ where, data: { revokedAt } });
  },
});
