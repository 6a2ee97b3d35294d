/** Keeps whether people come to planned meetings: the last answer of each, and any reason sealed. */
import { confidential, open } from '../../core/confidential.ts';
import { RSVP_ANSWERS, type Rsvp } from '../../core/rsvp.ts';
import type { Rsvps } from '../../ports/store.ts';
import { oneOf } from './columns.ts';
import type { Prisma } from './generated/client.ts';
import type { Sealing, Spot } from './sealing.ts';
import type { Transaction } from './transaction.ts';

type RsvpRow = Prisma.RsvpGetPayload<{ include: { person: true } }>;

const spot = (rowId: string): Spot => ({ table: 'rsvp', column: 'sealed_reason', rowId });

const rsvpOf = (sealing: Sealing, row: RsvpRow): Rsvp => ({
  id: row.id,
  occurrenceId: row.occurrenceId,
  person: row.person,
  answer: oneOf(RSVP_ANSWERS, row.answer),
  ...(row.sealedReason !== null && { reason: confidential(sealing.unseal(row.sealedReason, spot(row.id))) }),
  at: row.at,
});

const rowOf = (sealing: Sealing, { id, occurrenceId, person, answer, reason, at }: Rsvp) => ({
  id,
  occurrenceId,
  personId: person.id,
  answer,
  sealedReason: reason ? sealing.seal(open(reason), spot(id)) : null,
  at,
});

/** Answers to meetings, in a transaction. */
export const rsvpsIn = (tx: Transaction, sealing: Sealing): Rsvps => ({
  ofOccurrence: async (occurrenceId) => {
    const rows = await tx.rsvp.findMany({
      where: { occurrenceId },
      include: { person: true },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    });
    return rows.map((row) => rsvpOf(sealing, row));
  },
  ofPerson: async (occurrenceId, personId) => {
    const where = { occurrenceId_personId: { occurrenceId, personId } };
    const row = await tx.rsvp.findUnique({ where, include: { person: true } });
    return row ? rsvpOf(sealing, row) : undefined;
  },
  put: async (rsvp) => {
    const { occurrenceId, person } = rsvp;
    const row = rowOf(sealing, rsvp);
    await tx.rsvp.upsert({
      where: { occurrenceId_personId: { occurrenceId, personId: person.id } },
      create: row,
      update: row,
    });
  },
  forget: async (occurrenceId) => {
    await tx.rsvp.deleteMany({ where: { occurrenceId } });
  },
});
