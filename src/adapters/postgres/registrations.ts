/** Keeps which commands Discord was last told, so that they are told again only when they changed. */
import type { Transaction } from './transaction.ts';

export interface Registrations {
  /** SHA-256 of the commands that were last told for an application. */
  last(applicationId: string): Promise<string | undefined>;
  told(applicationId: string, sha256: string, at: Date): Promise<void>;
}

/** What was told, in a transaction. */
export const registrationsIn = (tx: Transaction): Registrations => ({
  last: async (applicationId) => (await tx.registration.findUnique({ where: { applicationId } }))?.sha256,
  told: async (applicationId, sha256, registeredAt) => {
    const row = { applicationId, sha256, registeredAt };
    await tx.registration.upsert({ where: { applicationId }, create: row, update: row });
  },
});
