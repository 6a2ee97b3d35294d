/** Keeps the states to which rooms were brought, and what was put right in them. */
import { REPAIRS, type Repair } from '../../core/room-repair.ts';
import { ROOM_KINDS, type RoomId } from '../../core/rooms.ts';
import type { Repairs } from '../../ports/store.ts';
import { oneOf } from './columns.ts';
import type { Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

/** The number under which the rooms of the whole group are kept, which bear none. */
const OF_THE_GROUP = 0;

const roomOf = ({ kind, number = OF_THE_GROUP }: RoomId) => ({ kind, number });

const repairs = async (tx: Transaction, where: Prisma.RepairWhereInput): Promise<readonly Repair[]> => {
  const rows = await tx.repair.findMany({ where, orderBy: [{ at: 'asc' }, { id: 'asc' }] });
  return rows.map(({ id, cohortId, kind, number, what, at }) => ({
    ...{ id, cohortId, at },
    what: oneOf(REPAIRS, what),
    room: { kind: oneOf(ROOM_KINDS, kind), ...(number !== OF_THE_GROUP && { number }) },
  }));
};

/** Repairs of rooms, in a transaction. */
export const repairsIn = (tx: Transaction): Repairs => ({
  facesOf: async (cohortId, room) => {
    const rows = await tx.roomFace.findMany({ where: { cohortId, ...roomOf(room) } });
    return rows.map(({ face, until }) => ({ face, ...(until && { until }) }));
  },
  putFace: async (cohortId, room, face, at, before) => {
    const where = { cohortId, ...roomOf(room) };
    await tx.roomFace.updateMany({ where: { ...where, until: null }, data: { until: at } });
    await tx.roomFace.deleteMany({ where: { ...where, until: { lt: before } } });
    const key = { ...where, face };
    await tx.roomFace.upsert({
      where: { cohortId_kind_number_face: key },
      create: { ...key, since: at },
      update: { since: at, until: null },
    });
  },
  begin: async ({ room, ...repair }) => {
    const { cohortId, what } = repair;
    await tx.repair.deleteMany({ where: { cohortId, ...roomOf(room), what, isDone: false } });
    await tx.repair.create({ data: { ...repair, ...roomOf(room), isDone: false } });
  },
  begun: (cohortId) => repairs(tx, { cohortId, isDone: false }),
  finish: async (cohortId, ids) => {
    await tx.repair.updateMany({ where: { cohortId, id: { in: [...ids] } }, data: { isDone: true } });
  },
  drop: async (ids) => {
    await tx.repair.deleteMany({ where: { id: { in: [...ids] }, isDone: false } });
  },
  untold: (cohortId) => repairs(tx, { cohortId, isDone: true, toldAt: null }),
  lastTold: async (cohortId) => {
    const { _max } = await tx.repair.aggregate({ where: { cohortId }, _max: { toldAt: true } });
    return _max.toldAt ?? undefined;
  },
  told: async (cohortId, toldAt) => {
    await tx.repair.updateMany({ where: { cohortId, isDone: true, toldAt: null }, data: { toldAt } });
  },
});
