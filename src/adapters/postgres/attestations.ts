/** Keeps which facilitator attested the attendance of which session. */
import type { Attestations } from '../../ports/store.ts';
import type { Transaction } from './transaction.ts';

/** Attestations, in a transaction. */
export const attestationsIn = (tx: Transaction): Attestations => ({
  ofSessions: (sessionIds) => tx.attestation.findMany({ where: { sessionId: { in: [...sessionIds] } } }),
  add: async (attestation) => {
    const { count } = await tx.attestation.createMany({ data: attestation, skipDuplicates: true });
    return count === 1;
  },
});
