/** Keeps who opened what staff may see of a group in an emergency; why is sealed. */
import { confidential, open } from '../../core/confidential.ts';
import type { EmergencyAccess } from '../../core/emergency.ts';
import type { EmergencyAccesses } from '../../ports/store.ts';
import type { Prisma } from './generated/client.ts';
import { type Opener, ofCohort, type Sealing, type Spot } from './sealing.ts';
import type { Transaction } from './transaction.ts';

type Row = Prisma.EmergencyAccessGetPayload<{ include: { person: true } }>;

const spot = (rowId: string): Spot => ({ table: 'emergency_access', column: 'sealed_reason', rowId });

const accessOf = (row: Row, opener: Opener): EmergencyAccess => ({
  ...{ id: row.id, cohortId: row.cohortId, person: row.person },
  reason: confidential(opener.unseal(row.sealedReason, spot(row.id))),
  ...{ begunAt: row.begunAt, endsAt: row.endsAt, ...(row.endedAt && { endedAt: row.endedAt }) },
});

/** Emergency accesses, in a transaction. */
export const emergencyAccessesIn = (tx: Transaction, sealing: Sealing): EmergencyAccesses => ({
  isOpen: async (cohortId, account, now) => {
    const where = { cohortId, person: { account }, endedAt: null, endsAt: { gt: now } };
    return (await tx.emergencyAccess.count({ where })) > 0;
  },
  ofCohort: async (cohortId, most) => {
    const rows = await tx.emergencyAccess.findMany({
      where: { cohortId },
      include: { person: true },
      orderBy: [{ begunAt: 'desc' }, { id: 'desc' }],
      take: most,
    });
    return sealing.openAll(rows, () => ofCohort(cohortId), accessOf);
  },
  add: async ({ id, cohortId, person, reason, begunAt, endsAt }) => {
    const sealedReason = await sealing.sealFor(ofCohort(cohortId), ({ seal }) =>
      seal(open(reason), spot(id)),
    );
    await tx.emergencyAccess.create({
      data: { id, cohortId, personId: person.id, sealedReason, begunAt, endsAt },
    });
  },
  end: async (cohortId, personId, now) => {
    const where = { cohortId, personId, endedAt: null, endsAt: { gt: now } };
    const { count } = await tx.emergencyAccess.updateMany({ where, data: { endedAt: now } });
    return count > 0;
  },
});
