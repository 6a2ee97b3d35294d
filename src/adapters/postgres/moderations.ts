/** Keeps what facilitators did to keep a session safe, and what of it is still in Discord. */
import { LIFTED_WHYS, MODERATION_ACTS, type Moderation } from '../../core/moderation.ts';
import type { Moderations } from '../../ports/store.ts';
import { given, oneOf } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

type ModerationRow = Prisma.ModerationGetPayload<{ include: { person: true } }>;

const moderationOf = (row: ModerationRow): Moderation => ({
  ...{ id: row.id, cohortId: row.cohortId, sessionId: row.sessionId, act: oneOf(MODERATION_ACTS, row.act) },
  ...(row.person && { person: row.person }),
  ...{ accounts: row.accounts, by: row.by, at: row.at, ...(row.until && { until: row.until }) },
  ...{ isApplied: row.isApplied, isTold: row.isTold },
  ...(row.liftedAt && {
    lifted: {
      at: row.liftedAt,
      why: oneOf(LIFTED_WHYS, given(row.why)),
      ...(row.liftedBy !== null && { by: row.liftedBy }),
    },
  }),
  isSettled: row.isSettled,
  version: row.version,
});

const rowOf = ({ person, lifted, accounts, until, ...rest }: Moderation) => ({
  ...rest,
  accounts: [...accounts],
  until: until ?? null,
  personId: person?.id ?? null,
  liftedAt: lifted?.at ?? null,
  liftedBy: lifted?.by ?? null,
  why: lifted?.why ?? null,
});

/** What was done, in a transaction. */
export const moderationsIn = (tx: Transaction): Moderations => ({
  unsettled: async (cohortId) => {
    const rows = await tx.moderation.findMany({
      where: { cohortId, isSettled: false },
      include: { person: true },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    });
    return rows.map(moderationOf);
  },
  unsettledOf: async (serverId) => {
    const rows = await tx.moderation.findMany({
      where: { isSettled: false, cohort: { serverId } },
      select: { cohortId: true },
      distinct: ['cohortId'],
    });
    return rows.map(({ cohortId }) => cohortId);
  },
  ofSession: async (sessionId) => {
    const rows = await tx.moderation.findMany({
      where: { sessionId },
      include: { person: true },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    });
    return rows.map(moderationOf);
  },
  add: async (moderation) => {
    await tx.moderation.create({ data: rowOf(moderation) });
  },
  save: async (moderation) => {
    const { id, version } = moderation;
    const data = { ...rowOf(moderation), version: version + 1 };
    expectWritten(await tx.moderation.updateMany({ where: { id, version }, data }));
  },
});
