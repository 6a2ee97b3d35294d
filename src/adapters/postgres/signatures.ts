/** Keeps who signed which exact text of the agreement. */
import type { Signature } from '../../core/agreement.ts';
import type { Signatures } from '../../ports/store.ts';
import { oneOf } from './columns.ts';
import { Refused } from './conflict.ts';
import type { Signature as SignatureRow } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const signatureOf = (row: SignatureRow): Signature => ({
  id: row.id,
  membershipId: row.membershipId,
  consentRound: row.consentRound,
  version: row.agreement,
  sha256: row.sha256,
  locale: row.locale,
  signedAt: row.signedAt,
  method: oneOf(['form', 'command'], row.method),
  ...(row.withdrawnAt && { withdrawnAt: row.withdrawnAt }),
});

const rowOf = ({ version, withdrawnAt, ...signature }: Signature): SignatureRow => ({
  ...signature,
  agreement: version,
  withdrawnAt: withdrawnAt ?? null,
});

/** Signatures, in a transaction. */
export const signaturesIn = (tx: Transaction): Signatures => ({
  ofCohort: async (cohortId) => {
    const rows = await tx.signature.findMany({
      where: { withdrawnAt: null, membership: { cohortId, dischargedAt: null } },
      orderBy: [{ signedAt: 'asc' }, { id: 'asc' }],
    });
    return rows.map(signatureOf);
  },
  history: async (cohortId) => {
    const rows = await tx.signature.findMany({
      where: { membership: { cohortId } },
      orderBy: [{ signedAt: 'asc' }, { id: 'asc' }],
    });
    return rows.map(signatureOf);
  },
  add: async (signature) => {
    const { count } = await tx.signature.createMany({ data: rowOf(signature), skipDuplicates: true });
    if (count === 0) throw new Refused({ code: 'already-signed' });
  },
  withdraw: async (membershipId, withdrawnAt) => {
    await tx.signature.updateMany({ where: { membershipId, withdrawnAt: null }, data: { withdrawnAt } });
  },
});
