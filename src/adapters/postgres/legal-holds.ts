/** Keeps legal holds; their reasons are sealed under the key of the cohort, for whoever is held may be erased one day. */
import { confidential, open } from '../../core/confidential.ts';
import type { LegalHolds } from '../../ports/store.ts';
import { expectWritten, Refused } from './conflict.ts';
import { ofCohort, type Sealing, type Spot } from './sealing.ts';
import type { Transaction } from './transaction.ts';

const spot = (rowId: string): Spot => ({ table: 'legal_hold', column: 'sealed_reason', rowId });

/** Legal holds, in a transaction. */
export const legalHoldsIn = (tx: Transaction, sealing: Sealing): LegalHolds => ({
  ofCohort: async (cohortId) => {
    const rows = await tx.legalHold.findMany({
      where: { cohortId, liftedAt: null },
      include: { person: true },
      orderBy: [{ placedAt: 'asc' }, { id: 'asc' }],
    });
    return sealing.openAll(
      rows,
      () => ofCohort(cohortId),
      ({ id, person, sealedReason, placedBy, placedAt }, { unseal }) => ({
        ...{ id, cohortId, placedBy, placedAt },
        ...(person && { person }),
        reason: confidential(unseal(sealedReason, spot(id))),
      }),
    );
  },
  holds: async ({ personId, guildId }) => {
    const inServer = guildId === undefined ? {} : { serverId: guildId };
    const member = { some: { personId } };
    const found = await tx.legalHold.findFirst({
      where: {
        liftedAt: null,
        OR: [
          { personId, cohort: inServer },
          { personId: null, cohort: { ...inServer, memberships: member } },
        ],
      },
      select: { id: true },
    });
    return found !== null;
  },
  place: async ({ id, cohortId, person, reason, placedBy, placedAt }) => {
    const sealedReason = await sealing.sealFor(ofCohort(cohortId), ({ seal }) =>
      seal(open(reason), spot(id)),
    );
    const data = { id, cohortId, personId: person?.id ?? null, sealedReason, placedBy, placedAt };
    const { count } = await tx.legalHold.createMany({ data, skipDuplicates: true });
    if (count === 0) throw new Refused({ code: 'already-held' });
  },
  lift: async (id, liftedBy, liftedAt) =>
    expectWritten(
      await tx.legalHold.updateMany({ where: { id, liftedAt: null }, data: { liftedBy, liftedAt } }),
    ),
});
