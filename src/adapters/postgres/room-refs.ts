/** Keeps which Discord channel is which room of a cohort. */
import { ROOM_KINDS } from '../../core/rooms.ts';
import type { RoomRefs } from '../../ports/store.ts';
import { oneOf } from './columns.ts';
import type { Transaction } from './transaction.ts';

/** Rooms as they are known, in a transaction. */
export const roomRefsIn = (tx: Transaction): RoomRefs => ({
  ofCohort: async (cohortId) => {
    const rows = await tx.room.findMany({ where: { cohortId } });
    return rows.map(({ kind, channelId }) => ({ kind: oneOf(ROOM_KINDS, kind), channelId }));
  },
  put: async (cohortId, { kind, channelId }) => {
    await tx.room.upsert({
      where: { cohortId_kind: { cohortId, kind } },
      create: { cohortId, kind, channelId },
      update: { channelId },
    });
  },
  missing: async (id) =>
    (await tx.cohort.findUnique({ where: { id }, select: { missingRights: true } }))?.missingRights ?? [],
  putMissing: async (id, missing) => {
    await tx.cohort.updateMany({ where: { id }, data: { missingRights: [...missing] } });
  },
});
