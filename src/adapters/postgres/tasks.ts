/** Keeps tasks, and who ticked what of their checklists. */
import { CHECK_ITEMS, SETTLED_AS, TASK_KINDS, type Task } from '../../core/task.ts';
import type { Tasks } from '../../ports/store.ts';
import { given, oneOf } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { Prisma } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const whole = {
  person: true,
  assignee: true,
  ticks: { orderBy: [{ at: 'asc' }, { item: 'asc' }] },
} as const satisfies Prisma.TaskInclude;

type TaskRow = Prisma.TaskGetPayload<{ include: { person: true; assignee: true; ticks: true } }>;

const settledOf = ({ settledAt, settledBy, outcome }: TaskRow): Pick<Task, 'settled'> =>
  settledAt
    ? { settled: { at: settledAt, by: given(settledBy), outcome: oneOf(SETTLED_AS, given(outcome)) } }
    : {};

const taskOf = (row: TaskRow): Task => ({
  id: row.id,
  cohortId: row.cohortId,
  number: row.number,
  kind: oneOf(TASK_KINDS, row.kind),
  person: row.person,
  assignee: row.assignee,
  ...(row.occurrenceId !== null && { occurrenceId: row.occurrenceId }),
  ...(row.sessionId !== null && { sessionId: row.sessionId }),
  openedAt: row.openedAt,
  ticks: row.ticks.map(({ item, by, at }) => ({ item: oneOf(CHECK_ITEMS, item), by, at })),
  ...settledOf(row),
});

const one = (row: TaskRow | null): Task | undefined => (row ? taskOf(row) : undefined);

/** Tasks, in a transaction. */
export const tasksIn = (tx: Transaction): Tasks => ({
  byId: async (id) => one(await tx.task.findUnique({ where: { id }, include: whole })),
  byNumber: async (cohortId, number) =>
    one(await tx.task.findUnique({ where: { cohortId_number: { cohortId, number } }, include: whole })),
  open: async (cohortId) => {
    const rows = await tx.task.findMany({
      where: { cohortId, settledAt: null },
      include: whole,
      orderBy: { number: 'asc' },
    });
    return rows.map(taskOf);
  },
  lastNumber: async (cohortId) => {
    const last = await tx.task.aggregate({ where: { cohortId }, _max: { number: true } });
    return last._max.number ?? 0;
  },
  add: async ({ person, assignee, ticks: _none, settled: _open, ...task }) => {
    await tx.task.create({ data: { ...task, personId: person.id, assigneeId: assignee.id } });
  },
  tick: async (taskId, tick) => {
    const { count } = await tx.taskTick.createMany({ data: { taskId, ...tick }, skipDuplicates: true });
    return count === 1;
  },
  settle: async (id, { at, by, outcome }) => {
    const data = { settledAt: at, settledBy: by, outcome };
    expectWritten(await tx.task.updateMany({ where: { id, settledAt: null }, data }));
  },
});
