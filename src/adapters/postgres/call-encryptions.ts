/** Keeps what is known of the encryption of a group's call. */
import type { CallEncryption } from '../../core/encryption.ts';
import type { CallEncryptions } from '../../ports/store.ts';
import { given, oneOf } from './columns.ts';
import type { CallEncryption as CallEncryptionRow } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const encryptionOf = (row: CallEncryptionRow): CallEncryption => {
  const state = oneOf(['sent-away', 'agreeing', 'alone', 'off', 'on'], row.state);
  return state === 'on' ? { state, privacyCode: given(row.privacyCode), outside: row.outside } : { state };
};

/** What is known of calls, in a transaction. */
export const callEncryptionsIn = (tx: Transaction): CallEncryptions => ({
  ofCohort: async (cohortId) => {
    const row = await tx.callEncryption.findUnique({ where: { cohortId } });
    return row ? encryptionOf(row) : { state: 'unknown' };
  },
  put: async (cohortId, encryption) => {
    await tx.callEncryption.deleteMany({ where: { cohortId } });
    if (encryption.state === 'unknown') return;
    const on = encryption.state === 'on' ? encryption : undefined;
    const data = { privacyCode: on?.privacyCode ?? null, outside: [...(on?.outside ?? [])] };
    await tx.callEncryption.create({ data: { ...data, cohortId, state: encryption.state } });
  },
});
