/** Keeps who is known: an id of ours for each Discord account, and nothing else. */
import type { People } from '../../ports/store.ts';
import type { Transaction } from './transaction.ts';

/** People, in a transaction. */
export const peopleIn = (tx: Transaction): People => ({
  known: async (account) => {
    const known = await tx.person.findUnique({ where: { account } });
    if (known) return known;
    // Two who arrive at once with the same account must not make two people, nor one of them fail.
    await tx.person.createMany({ data: { account }, skipDuplicates: true });
    return tx.person.findUniqueOrThrow({ where: { account } });
  },
  find: async (account) => (await tx.person.findUnique({ where: { account } })) ?? undefined,
  hold: async (personIds) => {
    // In one order for all, so that two who hold the same people do not wait for each other.
    await tx.$queryRaw`
      SELECT id FROM person WHERE id = ANY(${personIds}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  },
});
