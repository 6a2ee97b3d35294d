/** Keeps people's goals and how far they have come: what they wrote is sealed. */
import { confidential, open } from '../../core/confidential.ts';
import { GOAL_READERS, type Goal, type GoalUpdate, LEVELS, type Level } from '../../core/goal.ts';
import type { Goals } from '../../ports/store.ts';
import { given, oneOf } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { GoalUpdate as GoalUpdateRow, Prisma } from './generated/client.ts';
import { type Opener, ofPerson, type Sealer, type Sealing, type Spot } from './sealing.ts';
import type { Transaction } from './transaction.ts';

const textSpot = (rowId: string): Spot => ({ table: 'goal', column: 'sealed_text', rowId });
const noteSpot = (rowId: string): Spot => ({ table: 'goal_update', column: 'sealed_note', rowId });
const levelSpot = (rowId: string): Spot => ({ table: 'goal_update', column: 'sealed_level', rowId });

const whole = {
  person: true,
  updates: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
} as const satisfies Prisma.GoalInclude;

type GoalRow = Prisma.GoalGetPayload<{ include: { person: true; updates: true } }>;

/** A day has no hour: it is kept as midnight UTC and given back as YYYY-MM-DD. */
const dayOf = (date: Date): string => date.toISOString().slice(0, 'YYYY-MM-DD'.length);

/** Those from before levels were sealed stand there plainly. */
const levelOf = ({ id, level, sealedLevel }: GoalUpdateRow, opener: Opener): Level =>
  oneOf(LEVELS, level ?? Number(opener.unseal(given(sealedLevel), levelSpot(id))));

const updateOf = (row: GoalUpdateRow, opener: Opener): GoalUpdate => ({
  id: row.id,
  level: levelOf(row, opener),
  ...(row.sealedNote && { note: confidential(opener.unseal(row.sealedNote, noteSpot(row.id))) }),
  at: row.at,
});

const updateRow = (goalId: string, update: GoalUpdate, sealer: Sealer): GoalUpdateRow => ({
  id: update.id,
  goalId,
  level: null,
  sealedLevel: sealer.seal(String(update.level), levelSpot(update.id)),
  sealedNote: update.note ? sealer.seal(open(update.note), noteSpot(update.id)) : null,
  at: update.at,
});

const goalOf = (row: GoalRow, opener: Opener): Goal => ({
  id: row.id,
  number: row.number,
  cohortId: row.cohortId,
  person: row.person,
  text: confidential(opener.unseal(row.sealedText, textSpot(row.id))),
  readers: oneOf(GOAL_READERS, row.readers),
  reviewOn: dayOf(row.reviewOn),
  setAt: row.setAt,
  updates: row.updates.map((update) => updateOf(update, opener)),
});

const rowOf = (goal: Goal, sealer: Sealer) => ({
  id: goal.id,
  cohortId: goal.cohortId,
  personId: goal.person.id,
  number: goal.number,
  sealedText: sealer.seal(open(goal.text), textSpot(goal.id)),
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
    return sealing.openAll(rows, (row) => ofPerson(row.personId), goalOf);
  },
  add: async (goal) => {
    const { row, updates } = await sealing.sealFor(ofPerson(goal.person.id), (sealer) => ({
      row: rowOf(goal, sealer),
      updates: goal.updates.map((update) => updateRow(goal.id, update, sealer)),
    }));
    // A number that is taken means that another goal was set in between.
    expectWritten(await tx.goal.createMany({ data: row, skipDuplicates: true }));
    await tx.goalUpdate.createMany({ data: updates });
  },
  addUpdate: async (goalId, update) => {
    const { personId } = await tx.goal.findUniqueOrThrow({
      where: { id: goalId },
      select: { personId: true },
    });
    const data = await sealing.sealFor(ofPerson(personId), (sealer) => updateRow(goalId, update, sealer));
    await tx.goalUpdate.create({ data });
  },
});
