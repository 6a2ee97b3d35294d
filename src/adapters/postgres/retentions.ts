/** Keeps for how long cohorts keep what, where that is other than usual. */
import { DATA_CLASSES } from '../../core/own-data.ts';
import type { Retentions } from '../../ports/store.ts';
import { oneOf } from './columns.ts';
import type { Transaction } from './transaction.ts';

/** Retentions, in a transaction. */
export const retentionsIn = (tx: Transaction): Retentions => ({
  ofCohorts: async (ids) => {
    const rows = await tx.cohortRetention.findMany({
      where: { cohortId: { in: [...ids] } },
      orderBy: [{ cohortId: 'asc' }, { class: 'asc' }],
    });
    return rows.map(({ cohortId, class: is, days }) => ({ cohortId, days, is: oneOf(DATA_CLASSES, is) }));
  },
  set: async ({ cohortId, is, days }) => {
    const key = { cohortId, class: is };
    await tx.cohortRetention.upsert({
      where: { cohortId_class: key },
      create: { ...key, days },
      update: { days },
    });
  },
  forget: async (cohortId, is) => {
    await tx.cohortRetention.deleteMany({ where: { cohortId, class: is } });
  },
});
