/** Keeps when the rooms of cohorts were looked at, and what was found in them. */
import { type Finding, findingKey } from '../../core/room-finding.ts';
import type { RoomLooks } from '../../ports/store.ts';
import { toJson } from './columns.ts';
import type { Transaction } from './transaction.ts';

const keepOne = async (
  tx: Transaction,
  cohortId: string,
  finding: Finding,
  openedAt: Date,
): Promise<void> => {
  const key = findingKey(finding);
  const facts = toJson(finding);
  const { count } = await tx.roomFinding.updateMany({
    where: { cohortId, key, closedAt: null },
    data: { facts },
  });
  if (count === 0) await tx.roomFinding.create({ data: { cohortId, key, facts, openedAt } });
};

/** Looks at rooms, in a transaction. */
export const roomLooksIn = (tx: Transaction): RoomLooks => ({
  ask: async (cohortIds, askedAt, lost) => {
    await tx.roomLook.createMany({ data: cohortIds.map((cohortId) => ({ cohortId })), skipDuplicates: true });
    const asked = await tx.roomLook.updateManyAndReturn({
      where: { cohortId: { in: [...cohortIds] }, OR: [{ askedAt: null }, { askedAt: { lt: lost } }] },
      data: { askedAt },
      select: { cohortId: true },
    });
    return asked.map(({ cohortId }) => cohortId);
  },
  begin: async (cohortId, lookedAt) => {
    const data = { lookedAt, askedAt: null };
    await tx.roomLook.upsert({ where: { cohortId }, create: { cohortId, ...data }, update: data });
  },
  due: async (since, take) => {
    const long = { OR: [{ lookedAt: null }, { lookedAt: { lt: since } }] };
    const rows = await tx.cohort.findMany({
      where: {
        state: 'active',
        rooms: { some: { kind: 'staff' } },
        OR: [{ roomLook: { is: null } }, { roomLook: long }],
      },
      select: { id: true },
      orderBy: { roomLook: { lookedAt: { sort: 'asc', nulls: 'first' } } },
      take,
    });
    return rows.map(({ id }) => id);
  },
  open: async (cohortId) => {
    const rows = await tx.roomFinding.findMany({
      where: { cohortId, closedAt: null },
      orderBy: { id: 'asc' },
    });
    // Only `keep` writes this column, and it writes a Finding.
    return rows.map(({ facts }) => facts as unknown as Finding);
  },
  keep: async (cohortId, { now, gone }, at) => {
    const which = { cohortId, key: { in: [...gone] }, closedAt: null };
    await tx.roomFinding.updateMany({ where: which, data: { closedAt: at } });
    for (const finding of now) await keepOne(tx, cohortId, finding, at);
  },
});
