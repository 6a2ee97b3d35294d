/** Keeps that something was erased, for the record outside of the database. */

import type { Seal } from '../../core/audit.ts';
import { type Erasing, type Erasure, sealedErasure, sealedTally } from '../../core/erasure.ts';
import type { Erasures } from '../../ports/store.ts';
import { derivedIn, sealWith } from './derived-key.ts';
import type { Erasure as ErasureRow } from './generated/client.ts';
import type { KeyRing } from './key-ring.ts';
import type { Transaction } from './transaction.ts';

/** What erasures are sealed with now, and all that is known. */
export interface ErasureKeys {
  readonly current: string;
  readonly seal: Seal;
}

/** The keys of a ring. */
export const erasureKeysOf = (ring: KeyRing): ErasureKeys => ({
  current: ring.current,
  seal: sealWith(derivedIn(ring, 'hearth erasures')),
});

const fromRow = ({ at, server, ...rest }: ErasureRow): Erasure => ({
  ...rest,
  at: at.toISOString(),
  ...(server !== null && { server }),
});

/** Keeps one that was read elsewhere. */
export const putErasure = async (tx: Transaction, { classes, ...erasure }: Erasure): Promise<void> => {
  await tx.erasure.create({ data: { ...erasure, at: new Date(erasure.at), classes: [...classes] } });
};

/** Erasures, in a transaction. */
export const erasuresIn = (tx: Transaction, { current, seal }: ErasureKeys): Erasures => ({
  note: (erasing: Erasing) => putErasure(tx, sealedErasure(erasing, current, seal)),
  since: async (at) =>
    (await tx.erasure.findMany({ where: { at: { gte: at } }, orderBy: { at: 'asc' } })).map(fromRow),
  tally: async (at) => sealedTally(await tx.erasure.count(), at, current, seal),
});
