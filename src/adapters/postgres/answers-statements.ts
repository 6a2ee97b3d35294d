/** Keeps that admins accepted that clinical groups answer in Discord. */
import type { AnswersStatements } from '../../ports/store.ts';
import type { Transaction } from './transaction.ts';

/** Acceptances, in a transaction. */
export const answersStatementsIn = (tx: Transaction): AnswersStatements => ({
  accepted: async (cohortId, version) => {
    const where = { cohortId_version: { cohortId, version } };
    const row = await tx.answersStatement.findUnique({ where });
    return row ? { id: row.id, cohortId, version, by: row.acceptedBy, at: row.acceptedAt } : undefined;
  },
  add: async ({ by, at, ...accepted }) => {
    const data = { ...accepted, acceptedBy: by, acceptedAt: at };
    await tx.answersStatement.createMany({ data, skipDuplicates: true });
  },
});
