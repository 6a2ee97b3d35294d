/** Keeps what could not be done, and what an admin decided about it. */
import { isId } from '../../core/id.ts';
import type { Job } from '../../ports/jobs.ts';
import type { FailureRecord, FailureSettled, Failures } from '../../ports/store.ts';
import { given, oneOf, toJson } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { Failure as FailureRow } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const settledOf = ({ settledAt, settledBy, outcome }: FailureRow): { readonly settled?: FailureSettled } =>
  settledAt
    ? {
        settled: {
          at: settledAt,
          by: given(settledBy),
          outcome: oneOf(['retried', 'dismissed'], given(outcome)),
        },
      }
    : {};

const recordOf = (row: FailureRow): FailureRecord => ({
  id: row.id,
  ...(row.serverId !== null && { guildId: row.serverId }),
  ...(row.cohortId !== null && { cohortId: row.cohortId }),
  // Only `put` writes this column, and it writes a Job.
  job: row.payload as unknown as Job,
  reference: row.reference,
  attempts: row.attempts,
  failedAt: row.failedAt,
  ...settledOf(row),
});

const whoseOf = (whose: { readonly guildId: string } | { readonly cohortId: string }) =>
  'guildId' in whose ? { serverId: whose.guildId } : whose;

/** Failures, in a transaction. */
export const failuresIn = (tx: Transaction): Failures => ({
  open: async (serverId, take) => {
    const where = { serverId, settledAt: null };
    const rows = await tx.failure.findMany({ where, orderBy: [{ failedAt: 'desc' }, { id: 'desc' }], take });
    return rows.map(recordOf);
  },
  countOpen: (whose) => tx.failure.count({ where: { ...whoseOf(whose), settledAt: null } }),
  find: async (serverId, key) => {
    const where = { serverId, ...(isId(key) ? { id: key } : { reference: key }) };
    const row = await tx.failure.findFirst({ where, orderBy: { failedAt: 'desc' } });
    return row ? recordOf(row) : undefined;
  },
  put: async ({ id, guildId, cohortId, job, ...told }) => {
    const { settled: _open, ...last } = told;
    const same = { job: job.name, payload: { equals: toJson(job) }, settledAt: null };
    const { count } = await tx.failure.updateMany({ where: same, data: last });
    if (count > 0) return;
    const about = { serverId: guildId ?? null, cohortId: cohortId ?? null };
    await tx.failure.create({ data: { id, ...about, job: job.name, payload: toJson(job), ...last } });
  },
  settle: async (id, { at, by, outcome }) => {
    const data = { settledAt: at, settledBy: by, outcome };
    expectWritten(await tx.failure.updateMany({ where: { id, settledAt: null }, data }));
  },
});
