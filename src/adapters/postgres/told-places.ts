/** Keeps where people are during sessions, and whom to call for them: what each told last, sealed. */
import { confidential, open } from '../../core/confidential.ts';
import { PLACE_HOWS, type PlaceWords, type ToldPlace } from '../../core/place.ts';
import type { ToldPlaces } from '../../ports/store.ts';
import { given, oneOf } from './columns.ts';
import type { ToldPlace as PlaceRow } from './generated/client.ts';
import { type Opener, type Owner, ofPerson, type Sealing, type Spot } from './sealing.ts';
import type { Transaction } from './transaction.ts';

const spot = (column: 'sealed_place' | 'sealed_contact', rowId: string): Spot => ({
  ...{ table: 'told_place', column, rowId },
});

const ownerOf = ({ personId }: PlaceRow): Owner => ofPerson(personId);

const wordsOf = ({ id, sealedPlace, sealedContact }: PlaceRow, { unseal }: Opener): PlaceWords => ({
  place: confidential(unseal(given(sealedPlace), spot('sealed_place', id))),
  contact: confidential(unseal(given(sealedContact), spot('sealed_contact', id))),
});

const NOTHING = { sealedPlace: null, sealedContact: null };

const sealedOf = async (told: ToldPlace, sealing: Sealing) =>
  told.how === 'passed'
    ? NOTHING
    : sealing.sealFor(ofPerson(told.person.id), ({ seal }) => ({
        sealedPlace: seal(open(told.place), spot('sealed_place', told.id)),
        sealedContact: seal(open(told.contact), spot('sealed_contact', told.id)),
      }));

/** Places that were told, in a transaction. */
export const toldPlacesIn = (tx: Transaction, sealing: Sealing): ToldPlaces => ({
  marks: async (cohortId) => {
    const select = { personId: true, how: true, at: true } as const;
    const rows = await tx.toldPlace.findMany({ where: { cohortId }, select });
    return rows.map(({ personId, how, at }) => ({ personId, how: oneOf(PLACE_HOWS, how), at }));
  },
  wordsOf: async (cohortId, personId) => {
    const where = { cohortId, personId, how: { not: 'passed' } };
    const [words] = await sealing.openAll([await tx.toldPlace.findFirst({ where })], ownerOf, wordsOf);
    return words;
  },
  put: async (told) => {
    const { id, cohortId, person, how, at } = told;
    const row = { id, how, at, ...(await sealedOf(told, sealing)) };
    await tx.toldPlace.upsert({
      where: { cohortId_personId: { cohortId, personId: person.id } },
      create: { ...row, cohortId, personId: person.id },
      update: row,
    });
  },
  repeat: async (cohortId, personId, at) => {
    const where = { cohortId, personId, how: { not: 'passed' } };
    return (await tx.toldPlace.updateMany({ where, data: { how: 'private', at } })).count === 1;
  },
});
