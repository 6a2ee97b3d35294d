/** Keeps the second factors of people: their secrets sealed, and digests of the codes for when a device is lost. */
import type { SecondFactor } from '../../core/second-factor.ts';
import type { SecondFactors } from '../../ports/store.ts';
import type { SecondFactor as FactorRow } from './generated/client.ts';
import { type Opener, ofPerson, type Sealer, type Sealing, type Spot } from './sealing.ts';
import type { Transaction } from './transaction.ts';

const spot = (rowId: string): Spot => ({ table: 'second_factor', column: 'sealed_secret', rowId });

const factorOf = (row: FactorRow, opener: Opener): SecondFactor => ({
  personId: row.personId,
  secret: opener.unseal(row.sealedSecret, spot(row.personId)),
  ...(row.confirmedAt && { confirmedAt: row.confirmedAt }),
  ...(row.lastStep !== null && { lastStep: row.lastStep }),
  failures: row.failures,
  ...(row.waitUntil && { waitUntil: row.waitUntil }),
});

const rowOf = (factor: SecondFactor, sealer: Sealer): FactorRow => ({
  personId: factor.personId,
  sealedSecret: sealer.seal(factor.secret, spot(factor.personId)),
  confirmedAt: factor.confirmedAt ?? null,
  lastStep: factor.lastStep ?? null,
  failures: factor.failures,
  waitUntil: factor.waitUntil ?? null,
});

/** Second factors, in a transaction. */
export const secondFactorsIn = (tx: Transaction, sealing: Sealing): SecondFactors => ({
  ofPerson: async (personId) => {
    const row = await tx.secondFactor.findUnique({ where: { personId } });
    const [factor] = await sealing.openAll([row], (each) => ofPerson(each.personId), factorOf);
    return factor;
  },
  put: async (factor) => {
    const row = await sealing.sealFor(ofPerson(factor.personId), (sealer) => rowOf(factor, sealer));
    await tx.secondFactor.upsert({ where: { personId: factor.personId }, create: row, update: row });
  },
  replaceCodes: async (personId, sha256s) => {
    await tx.recoveryCode.deleteMany({ where: { personId } });
    await tx.recoveryCode.createMany({ data: sha256s.map((codeSha256) => ({ personId, codeSha256 })) });
  },
  codesLeft: (personId) => tx.recoveryCode.count({ where: { personId, usedAt: null } }),
  useCode: async (personId, codeSha256, usedAt) => {
    const where = { personId, codeSha256, usedAt: null };
    const { count } = await tx.recoveryCode.updateMany({ where, data: { usedAt } });
    return count === 1;
  },
  forget: async (personId) => {
    await tx.recoveryCode.deleteMany({ where: { personId } });
    await tx.secondFactor.deleteMany({ where: { personId } });
  },
});
