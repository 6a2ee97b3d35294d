/** Keeps the cycles of cohorts. */
import type { Cycle } from '../../core/cycle.ts';
import type { Cycles } from '../../ports/store.ts';
import { expectWritten, StaleWrite } from './conflict.ts';
import type { Cycle as CycleRow } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const DAY_LENGTH = 10;

const cycleOf = ({ endedBy, endedAt, lastDay, ...row }: CycleRow): Cycle => ({
  ...row,
  lastDay: lastDay.toISOString().slice(0, DAY_LENGTH),
  ...(endedBy !== null && endedAt && { ended: { by: endedBy, at: endedAt } }),
});

const rowOf = ({ ended, lastDay, ...cycle }: Cycle): CycleRow => ({
  ...cycle,
  lastDay: new Date(lastDay),
  endedBy: ended?.by ?? null,
  endedAt: ended?.at ?? null,
});

/** Cycles, in a transaction. */
export const cyclesIn = (tx: Transaction): Cycles => ({
  ofCohort: async (cohortId) => {
    const rows = await tx.cycle.findMany({ where: { cohortId }, orderBy: { number: 'asc' } });
    return rows.map(cycleOf);
  },
  untold: async (before, most) => {
    const ids = await tx.$queryRaw<{ id: string }[]>`
      SELECT c.id::text FROM cycle c JOIN cohort h ON h.id = c.cohort_id
      WHERE c.ended_at IS NULL AND h.state = 'active' AND c.last_day < ${before}::date
        AND NOT EXISTS (SELECT FROM notice n WHERE n.key = 'cycle-past:' || c.id)
      ORDER BY c.last_day, c.id LIMIT ${most}::int`;
    const rows = await tx.cycle.findMany({ where: { id: { in: ids.map(({ id }) => id) } } });
    return rows.map(cycleOf);
  },
  add: async (cycle) => {
    const { count } = await tx.cycle.createMany({ data: rowOf(cycle), skipDuplicates: true });
    if (count === 0) throw new StaleWrite();
  },
  end: async (id, { by, at }) =>
    expectWritten(
      await tx.cycle.updateMany({ where: { id, endedAt: null }, data: { endedBy: by, endedAt: at } }),
    ),
});
