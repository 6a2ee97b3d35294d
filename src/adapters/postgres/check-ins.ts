/** Keeps how people arrived: sealed, and one a person and session. */
import { type Arrival, type CheckIn, SHARES } from '../../core/check-in.ts';
import type { CheckIns } from '../../ports/store.ts';
import { given, oneOf } from './columns.ts';
import type { CheckIn as CheckInRow } from './generated/client.ts';
import type { Sealing, Spot } from './sealing.ts';
import type { Transaction } from './transaction.ts';

const spot = (rowId: string): Spot => ({ table: 'check_in', column: 'sealed_arrival', rowId });

const checkInOf = (sealing: Sealing, row: CheckInRow): CheckIn => {
  const { id, sessionId, personId, at } = row;
  const share = oneOf(SHARES, row.share);
  if (share === 'pass') return { id, sessionId, personId, at, share };
  // What opens was sealed by `put`, which seals an Arrival.
  const arrival = JSON.parse(sealing.unseal(given(row.sealedArrival), spot(id))) as Arrival;
  return { id, sessionId, personId, at, share, arrival };
};

const rowOf = (sealing: Sealing, checkIn: CheckIn): Omit<CheckInRow, 'firstAt'> => ({
  id: checkIn.id,
  sessionId: checkIn.sessionId,
  personId: checkIn.personId,
  at: checkIn.at,
  share: checkIn.share,
  sealedArrival:
    checkIn.share === 'pass' ? null : sealing.seal(JSON.stringify(checkIn.arrival), spot(checkIn.id)),
});

/** Check-ins, in a transaction. */
export const checkInsIn = (tx: Transaction, sealing: Sealing): CheckIns => ({
  ofSession: async (sessionId) => {
    const rows = await tx.checkIn.findMany({
      where: { sessionId },
      orderBy: [{ firstAt: 'asc' }, { personId: 'asc' }],
    });
    return rows.map((row) => checkInOf(sealing, row));
  },
  put: async (checkIn) => {
    const { sessionId, personId, at } = checkIn;
    const row = rowOf(sealing, checkIn);
    await tx.checkIn.upsert({
      where: { sessionId_personId: { sessionId, personId } },
      create: { ...row, firstAt: at },
      update: row,
    });
  },
});
