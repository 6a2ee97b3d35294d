/** Keeps the turn queue of a session. */
import { isDeepStrictEqual } from 'node:util';
import type { Turn, Turns } from '../../core/turns.ts';
import { oneOf } from './columns.ts';
import type { Turn as TurnRow } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const TURN_STATES = ['waiting', 'speaking', 'done', 'passed', 'closed'] as const;

/** A turn as core knows it. */
export const turnOf = (row: TurnRow): Turn => ({
  id: row.id,
  personId: row.personId,
  state: oneOf(TURN_STATES, row.state),
  place: row.place,
  askedAt: row.askedAt,
  ...(row.beganAt && { beganAt: row.beganAt }),
  ...(row.endedAt && { endedAt: row.endedAt }),
});

const rowOf = (sessionId: string, turn: Turn): TurnRow => ({
  ...turn,
  sessionId,
  beganAt: turn.beganAt ?? null,
  endedAt: turn.endedAt ?? null,
});

const isOpen = (turn: Turn): boolean => turn.state === 'waiting' || turn.state === 'speaking';

/** Writes the turns that are new or changed. */
export const keepTurns = async (tx: Transaction, sessionId: string, turns: Turns): Promise<void> => {
  const kept = new Map(
    (await tx.turn.findMany({ where: { sessionId } })).map((row) => [row.id, turnOf(row)]),
  );
  const changed = turns.filter((turn) => !isDeepStrictEqual(kept.get(turn.id), turn));
  // Who stops comes before who starts: the database never holds two speakers, not even for a moment.
  for (const turn of changed.toSorted((a, b) => Number(isOpen(a)) - Number(isOpen(b)))) {
    const row = rowOf(sessionId, turn);
    await tx.turn.upsert({ where: { id: turn.id }, create: row, update: row });
  }
};
