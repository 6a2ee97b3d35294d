/** Keeps which Discord channel is which room of a cohort. */
import { ROOM_KINDS } from '../../core/rooms.ts';
import type { RoomRef, RoomRefs } from '../../ports/store.ts';
import { oneOf } from './columns.ts';
import type { Room as RoomRow } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

/** The number under which the rooms of the whole group are kept, which bear none. */
const OF_THE_GROUP = 0;

const refOf = ({ kind, number, channelId }: RoomRow): RoomRef => ({
  kind: oneOf(ROOM_KINDS, kind),
  ...(number !== OF_THE_GROUP && { number }),
  channelId,
});

/** Rooms as they are known, in a transaction. */
export const roomRefsIn = (tx: Transaction): RoomRefs => ({
  ofCohort: async (cohortId) => {
    const rows = await tx.room.findMany({ where: { cohortId } });
    return rows.map(refOf);
  },
  channelOf: async (cohortId, { kind, number = OF_THE_GROUP }) =>
    (await tx.room.findUnique({ where: { cohortId_kind_number: { cohortId, kind, number } } }))?.channelId,
  byChannel: async (channelId) => {
    const row = await tx.room.findUnique({ where: { channelId } });
    return row ? { ...refOf(row), cohortId: row.cohortId } : undefined;
  },
  put: async (cohortId, { kind, number = OF_THE_GROUP, channelId }) => {
    await tx.room.upsert({
      where: { cohortId_kind_number: { cohortId, kind, number } },
      create: { cohortId, kind, number, channelId },
      update: { channelId },
    });
  },
  missing: async (id) =>
    (await tx.cohort.findUnique({ where: { id }, select: { missingRights: true } }))?.missingRights ?? [],
  putMissing: async (id, missing) => {
    await tx.cohort.updateMany({ where: { id }, data: { missingRights: [...missing] } });
  },
});
