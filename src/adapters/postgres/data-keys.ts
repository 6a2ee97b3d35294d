/** Keeps the data keys: one for each person and cohort that owns anything sealed, itself sealed with a master key. */
import { randomBytes } from 'node:crypto';
import type { DataKeys } from '../../ports/store.ts';
import { KEY_BYTES } from './cipher.ts';
import { StaleWrite } from './conflict.ts';
import type { DataKey as DataKeyRow } from './generated/client.ts';
import type { MasterSealing, Spot } from './master-sealing.ts';
import type { Transaction } from './transaction.ts';

/** Whose something is: what is sealed for them opens with their key alone, and for nobody once it is destroyed. */
export interface Owner {
  readonly kind: 'person' | 'cohort';
  readonly id: string;
}

/** What a person wrote, or what was written about them. */
export const ofPerson = (id: string): Owner => ({ kind: 'person', id });

/** What a programme owns. */
export const ofCohort = (id: string): Owner => ({ kind: 'cohort', id });

/** Where a data key belongs, wrapped. */
export const wrappingSpot = ({ kind, id }: Owner): Spot => ({
  table: 'data_key',
  column: 'wrapped',
  rowId: `${kind}.${id}`,
});

/** The key of an owner; `destroyed` when they were erased. */
export type Found = Buffer | 'destroyed';

const foundIn = (master: MasterSealing, owner: Owner, wrapped: DataKeyRow['wrapped']): Found =>
  wrapped === null ? 'destroyed' : master.unseal(wrapped, wrappingSpot(owner));

/** The keys that there are of these owners, by the id of the owner: one query, in the transaction. */
export const findKeys = async (
  tx: Transaction,
  master: MasterSealing,
  owners: readonly Owner[],
): Promise<ReadonlyMap<string, Found>> => {
  const byId = new Map(owners.map((owner) => [owner.id, owner]));
  if (byId.size === 0) return new Map();
  const rows = await tx.dataKey.findMany({
    where: { ownerId: { in: [...byId.keys()] } },
    select: { ownerId: true, wrapped: true },
  });
  return new Map(
    rows.flatMap(({ ownerId, wrapped }) => {
      const owner = byId.get(ownerId);
      return owner ? [[ownerId, foundIn(master, owner, wrapped)] as const] : [];
    }),
  );
};

/** Of two who make the first key of an owner at once, the later waits, and finds the one of the faster. */
const makeKey = async (tx: Transaction, master: MasterSealing, owner: Owner): Promise<void> => {
  const key = randomBytes(KEY_BYTES);
  const wrapped = master.seal(key, wrappingSpot(owner));
  key.fill(0);
  await tx.dataKey.createMany({
    data: { ownerId: owner.id, ownerKind: owner.kind, wrapped },
    skipDuplicates: true,
  });
};

/** The key of an owner, made when there is none; whoever was erased in the meantime has none, and the change is stale. */
export const keyFor = async (tx: Transaction, master: MasterSealing, owner: Owner): Promise<Buffer> => {
  const find = async (): Promise<Found | undefined> => (await findKeys(tx, master, [owner])).get(owner.id);
  let found = await find();
  if (found === undefined) {
    await makeKey(tx, master, owner);
    found = await find();
  }
  if (found === 'destroyed') throw new StaleWrite('whose it is was erased');
  if (found === undefined) throw new Error('a data key was made and is not there');
  return found;
};

/** Data keys, in a transaction. */
export const dataKeysIn = (tx: Transaction): DataKeys => ({
  destroy: async (personId, at) => {
    const nothing = { wrapped: null, destroyedAt: at };
    const made = { ownerId: personId, ownerKind: ofPerson(personId).kind, ...nothing };
    // Also of somebody who has none yet: whoever is about to make it must find that it is gone.
    await tx.dataKey.createMany({ data: made, skipDuplicates: true });
    await tx.dataKey.updateMany({ where: { ownerId: personId, destroyedAt: null }, data: nothing });
  },
});
