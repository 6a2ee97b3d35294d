/** Keeps how people arrived: sealed, and one a person and session. */
import { type Arrival, type CheckIn, SHARES } from '../../core/check-in.ts';
import type { CheckIns } from '../../ports/store.ts';
import { given, oneOf } from './columns.ts';
import type { CheckIn as CheckInRow } from './generated/client.ts';
import { type Opener, ofPerson, type Sealer, type Sealing, type Spot } from './sealing.ts';
import type { Transaction } from './transaction.ts';

const spot = (rowId: string): Spot => ({ table: 'check_in', column: 'sealed_arrival', rowId });

const checkInOf = (row: CheckInRow, opener: Opener): CheckIn => {
  const { id, sessionId, personId, at } = row;
  const share = oneOf(SHARES, row.share);
  if (share === 'pass') return { id, sessionId, personId, at, share };
  // What opens was sealed by `put`, which seals an Arrival.
  const arrival = JSON.parse(opener.unseal(given(row.sealedArrival), spot(id))) as Arrival;
  return { id, sessionId, personId, at, share, arrival };
};

const rowOf = (checkIn: CheckIn, sealer: Sealer): Omit<CheckInRow, 'firstAt'> => ({
  id: checkIn.id,
  sessionId: checkIn.sessionId,
  personId: checkIn.personId,
  at: checkIn.at,
  share: checkIn.share,
  sealedArrival:
    checkIn.share === 'pass' ? null : sealer.seal(JSON.stringify(checkIn.arrival), spot(checkIn.id)),
});

/** Check-ins, in a transaction. */
export const checkInsIn = (tx: Transaction, sealing: Sealing): CheckIns => ({
  ofSession: async (sessionId) => {
    const rows = await tx.checkIn.findMany({
      where: { sessionId },
      orderBy: [{ firstAt: 'asc' }, { personId: 'asc' }],
    });
    return sealing.openAll(rows, ({ personId }) => ofPerson(personId), checkInOf);
  },
  put: async (checkIn) => {
    const { sessionId, personId, at } = checkIn;
    const row = await sealing.sealFor(ofPerson(personId), (sealer) => rowOf(checkIn, sealer));
    await tx.checkIn.upsert({
      where: { sessionId_personId: { sessionId, personId } },
      create: { ...row, firstAt: at },
      update: row,
    });
  },
});
