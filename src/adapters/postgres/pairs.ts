/** Keeps who has rooms of their own in a cohort. */
import type { Pairs } from '../../ports/store.ts';
import type { Transaction } from './transaction.ts';

/** Pairs, in a transaction. */
export const pairsIn = (tx: Transaction): Pairs => ({
  ofCohort: async (cohortId) => {
    const rows = await tx.pair.findMany({
      where: { cohortId },
      include: { person: true, therapist: true },
      orderBy: { number: 'asc' },
    });
    return rows.map(({ number, person, therapist }) => ({ cohortId, number, person, therapist }));
  },
  add: async ({ cohortId, number, person, therapist }) => {
    await tx.pair.create({ data: { cohortId, number, personId: person.id, therapistId: therapist.id } });
  },
});
