/** Keeps people's goals and how far they have come: what they wrote is sealed. */
import { confidential, open } from '../../core/confidential.ts';
import { GOAL_READERS, type Goal, type GoalUpdate, LEVELS } from '../../core/goal.ts';
import type { Goals } from '../../ports/store.ts';
import { oneOf } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { GoalUpdate as GoalUpdateRow, Prisma } from './generated/client.ts';
import type { Sealing, Spot } from './sealing.ts';
import type { Transaction } from './transaction.ts';

const textSpot = (rowId: string): Spot => ({ table: 'goal', column: 'sealed_text', rowId });
const noteSpot = (rowId: string): Spot => ({ table: 'goal_update', column: 'sealed_note', rowId });

const whole = {
  person: true,
  updates: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
} as const satisfies Prisma.GoalInclude;

type GoalRow = Prisma.GoalGetPayload<{ include: { person: true; updates: true } }>;

/** A day has no hour: it is kept as midnight UTC and given back as YYYY-MM-DD. */
const dayOf = (date: Date): string => date.toISOString().slice(0, 'YYYY-MM-DD'.length);

const updateOf = (sealing: Sealing, row: GoalUpdateRow): GoalUpdate => ({
  id: row.id,
  level: oneOf(LEVELS, row.level),
  ...(row.sealedNote && { note: confidential(sealing.unseal(row.sealedNote, noteSpot(row.id))) }),
  at: row.at,
});

const updateRow = (sealing: Sealing, goalId: string, update: GoalUpdate): GoalUpdateRow => ({
  id: update.id,
  goalId,
  level: update.level,
  sealedNote: update.note ? sealing.seal(open(update.note), noteSpot(update.id)) : null,
  at: update.at,
});

const goalOf = (sealing: Sealing, row: GoalRow): Goal => ({
  id: row.id,
  number: row.number,
  cohortId: row.cohortId,
  person: row.person,
  text: confidential(sealing.unseal(row.sealedText, textSpot(row.id))),
  readers: oneOf(GOAL_READERS, row.readers),
  reviewOn: dayOf(row.reviewOn),
  setAt: row.setAt,
  updates: row.updates.map((update) => updateOf(sealing, update)),
});

const rowOf = (sealing: Sealing, goal: Goal) => ({
  id: goal.id,
  cohortId: goal.cohortId,
  personId: goal.person.id,
  number: goal.number,
  sealedText: sealing.seal(open(goal.text), textSpot(goal.id)),
  readers: goal.readers,
  reviewOn: new Date(goal.reviewOn),
  setAt: goal.setAt,
});

/** Goals, in a transaction. */
export const goalsIn = (tx: Transaction, sealing: Sealing): Goals => ({
  ofPerson: async (cohortId, personId) => {
    const rows = await tx.goal.findMany({
      where: { cohortId, personId },
      include: whole,
      orderBy: { number: 'asc' },
    });
    return rows.map((row) => goalOf(sealing, row));
  },
  add: async (goal) => {
    // A number that is taken means that another goal was set in between.
    expectWritten(await tx.goal.createMany({ data: rowOf(sealing, goal), skipDuplicates: true }));
    await tx.goalUpdate.createMany({
      data: goal.updates.map((update) => updateRow(sealing, goal.id, update)),
    });
  },
  addUpdate: async (goalId, update) => {
    await tx.goalUpdate.create({ data: updateRow(sealing, goalId, update) });
  },
});
