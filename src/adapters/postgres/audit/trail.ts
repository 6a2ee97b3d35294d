/** The audit as it stands in the database, for whoever verifies it. */
import { PrismaPg } from '@prisma/adapter-pg';
import type { AuditTrail } from '../../../ports/audit-trail.ts';
import { PrismaClient } from '../generated/client.ts';
import type { KeyRing } from '../key-ring.ts';
import { masterSealing } from '../master-sealing.ts';
import { allAuditKeys } from './keys.ts';

export interface OpenTrail extends AuditTrail {
  close(): Promise<void>;
}

interface HeadRow {
  readonly chain: string;
  readonly number: number;
  readonly hash: string;
}

/** From the end of one chain to the end of the next, so that the entries between are not looked at. */
const heads = (prisma: PrismaClient): Promise<HeadRow[]> => prisma.$queryRaw<HeadRow[]>`
  WITH RECURSIVE head AS (
    (SELECT "chain", "number", "hash" FROM "audit_entry" ORDER BY "chain" DESC, "number" DESC LIMIT 1)
    UNION ALL
    SELECT next.* FROM head, LATERAL (
      SELECT "chain", "number", "hash" FROM "audit_entry" AS entry WHERE entry."chain" < head."chain"
      ORDER BY entry."chain" DESC, entry."number" DESC LIMIT 1
    ) AS next
  )
  SELECT * FROM head ORDER BY "chain"`;

/** Opens it on one connection, with the keys of the ring and those that were kept from before. */
export const openTrail = async (url: string, ring: KeyRing): Promise<OpenTrail> => {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 1 }) });
  const { current, seal } = await allAuditKeys(prisma, ring, masterSealing(ring));
  return {
    key: current,
    seal,
    heads: async () =>
      new Map((await heads(prisma)).map(({ chain, number, hash }) => [chain, { number, hash }])),
    count: (chain, upTo) => prisma.auditEntry.count({ where: { chain, number: { lte: upTo } } }),
    restorations: (chain) =>
      prisma.auditEntry.findMany({
        where: { chain, action: 'restore' },
        orderBy: { number: 'asc' },
        select: { number: true, at: true },
      }),
    after: (chain, number, take) =>
      prisma.auditEntry.findMany({
        where: { chain, number: { gt: number } },
        orderBy: { number: 'asc' },
        take,
      }),
    close: () => prisma.$disconnect(),
  };
};
