/** Finds the groups that want Hearth in their call. */
import type { GroupClaim } from '../../core/seat.ts';
import type { Claims } from '../../ports/store.ts';
import type { Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const room = {
  cohort: {
    select: { id: true, serverId: true, rooms: { where: { kind: 'voice' }, select: { channelId: true } } },
  },
} as const;

type RoomRow = Prisma.SessionGetPayload<{ select: typeof room }>;

/** None while the group has no voice room. */
const claims = (
  { cohort }: RoomRow,
  claim: Pick<GroupClaim, 'kind' | 'id' | 'since'>,
): readonly GroupClaim[] =>
  cohort.rooms.map(({ channelId }) => ({
    ...claim,
    guildId: cohort.serverId,
    cohortId: cohort.id,
    channelId,
  }));

/** Claims, in a transaction. */
export const claimsIn = (tx: Transaction): Claims => ({
  ofSessions: async (serverId) => {
    const rows = await tx.session.findMany({
      where: {
        personId: null,
        state: { not: 'ended' },
        cohort: { joinsCalls: true, state: 'active', ...(serverId !== undefined && { serverId }) },
      },
      select: { id: true, startedAt: true, ...room },
    });
    return rows.flatMap((row) => claims(row, { kind: 'session', id: row.id, since: row.startedAt }));
  },
  ofMeetings: async (from, to, serverId) => {
    const rows = await tx.occurrence.findMany({
      where: {
        personId: null,
        state: 'planned',
        startsAt: { gt: from, lte: to },
        cohort: { joinsCalls: true, state: 'active', ...(serverId !== undefined && { serverId }) },
      },
      select: { id: true, startsAt: true, ...room },
    });
    return rows.flatMap((row) => claims(row, { kind: 'lobby', id: row.id, since: row.startsAt }));
  },
});
