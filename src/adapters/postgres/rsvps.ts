/** Keeps whether people come to planned meetings: the last answer of each, and any reason sealed. */
import { confidential, open } from '../../core/confidential.ts';
import { RSVP_ANSWERS, type Rsvp } from '../../core/rsvp.ts';
import type { Rsvps } from '../../ports/store.ts';
import { oneOf } from './columns.ts';
import type { Prisma } from './generated/client.ts';
import { type Opener, type Owner, ofPerson, type Sealing, type Spot } from './sealing.ts';
import type { Transaction } from './transaction.ts';

type RsvpRow = Prisma.RsvpGetPayload<{ include: { person: true } }>;

const spot = (rowId: string): Spot => ({ table: 'rsvp', column: 'sealed_reason', rowId });

const ownerOf = (row: RsvpRow): Owner => ofPerson(row.personId);

/** Whether they come stands without the reason. */
const rsvpOf = (row: RsvpRow, opener: Opener | undefined): Rsvp => ({
  id: row.id,
  occurrenceId: row.occurrenceId,
  person: row.person,
  answer: oneOf(RSVP_ANSWERS, row.answer),
  ...(opener &&
    row.sealedReason !== null && { reason: confidential(opener.unseal(row.sealedReason, spot(row.id))) }),
  at: row.at,
});

const sealedReasonOf = async ({ id, person, reason }: Rsvp, sealing: Sealing): Promise<string | null> =>
  reason ? sealing.sealFor(ofPerson(person.id), (sealer) => sealer.seal(open(reason), spot(id))) : null;

const rowOf = async (rsvp: Rsvp, sealing: Sealing) => ({
  id: rsvp.id,
  occurrenceId: rsvp.occurrenceId,
  personId: rsvp.person.id,
  answer: rsvp.answer,
  sealedReason: await sealedReasonOf(rsvp, sealing),
  at: rsvp.at,
});

/** Answers to meetings, in a transaction. */
export const rsvpsIn = (tx: Transaction, sealing: Sealing): Rsvps => ({
  ofOccurrence: async (occurrenceId) => {
    const rows = await tx.rsvp.findMany({
      where: { occurrenceId },
      include: { person: true },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    });
    return sealing.openEach(rows, ownerOf, rsvpOf);
  },
  ofPerson: async (occurrenceId, personId) => {
    const where = { occurrenceId_personId: { occurrenceId, personId } };
    const row = await tx.rsvp.findUnique({ where, include: { person: true } });
    const [rsvp] = await sealing.openEach([row], ownerOf, rsvpOf);
    return rsvp;
  },
  put: async (rsvp) => {
    const { occurrenceId, person } = rsvp;
    const row = await rowOf(rsvp, sealing);
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
