/** Keeps the addresses of private pages, by the digest of their secret part. */
import { z } from 'zod';
import type { FormLink } from '../../core/form-link.ts';
import type { FormLinks } from '../../ports/store.ts';
import type { Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

type LinkRow = Prisma.FormLinkGetPayload<{ include: { person: true } }>;

const Given = z.record(z.string(), z.string());

const linkOf = (row: LinkRow): FormLink => ({
  id: row.id,
  person: row.person,
  guildId: row.serverId,
  cohortId: row.cohortId,
  tokenSha256: row.tokenSha256,
  path: row.path,
  given: Given.parse(row.given),
  locale: row.locale,
  madeAt: row.madeAt,
  begunAt: row.begunAt,
  ...(row.usedAt && { usedAt: row.usedAt }),
});

/** Form links, in a transaction. */
export const formLinksIn = (tx: Transaction): FormLinks => ({
  byToken: async (tokenSha256) => {
    const row = await tx.formLink.findUnique({ where: { tokenSha256 }, include: { person: true } });
    return row ? linkOf(row) : undefined;
  },
  givenSince: (personId, at) => tx.formLink.count({ where: { personId, madeAt: { gte: at } } }),
  add: async ({ person, guildId, given, ...link }, forgetBefore) => {
    await tx.formLink.deleteMany({ where: { personId: person.id, madeAt: { lt: forgetBefore } } });
    await tx.formLink.create({
      data: { ...link, given: { ...given }, personId: person.id, serverId: guildId },
    });
  },
  use: async (id, usedAt) => {
    const { count } = await tx.formLink.updateMany({ where: { id, usedAt: null }, data: { usedAt } });
    return count === 1;
  },
});
