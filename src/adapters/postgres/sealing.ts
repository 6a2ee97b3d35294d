/**
 * The one place where what people wrote is encrypted and decrypted: AES-256-GCM with the data key of whoever owns it,
 * bound to its owner, table, column and row, so that a sealed value that is moved elsewhere does not open.
 *
 *   v2.<base64url of nonce, tag and ciphertext>
 *
 * Texts are filled up before they are sealed, so that their length tells little: not which of a few words was chosen.
 * Bytes are sealed as they are, without base64url.
 */
import { decrypt, encrypt } from './cipher.ts';
import { findKeys, keyFor, type Owner } from './data-keys.ts';
import { BY_MASTER, type MasterSealing, placeOf, type Spot } from './master-sealing.ts';
import type { Transaction } from './transaction.ts';

export { type Owner, ofCohort, ofPerson } from './data-keys.ts';
export type { Spot } from './master-sealing.ts';

/** Seals for one owner, until what it was given for is made. */
export interface Sealer {
  seal(plain: string, spot: Spot): string;
  sealBytes(plain: Uint8Array, spot: Spot): Uint8Array<ArrayBuffer>;
}

/** Opens what was sealed for one owner, likewise. */
export interface Opener {
  /** Throws when the value was changed, or belongs elsewhere or to somebody else. */
  unseal(sealed: string, spot: Spot): string;
  /** Throws likewise. */
  unsealBytes(sealed: Uint8Array, spot: Spot): Uint8Array;
}

export interface Sealing {
  /** What is made with the key of an owner, which is made when it is the first; a stale write when they were erased. */
  sealFor<Value>(owner: Owner, make: (sealer: Sealer) => Value): Promise<Value>;
  /** Rows as they open, by one query for all their keys; those of whoever was erased, and missing ones, are left out. */
  openAll<Row, Value>(
    rows: readonly (Row | null)[],
    ownerOf: (row: Row) => Owner,
    make: (row: Row, opener: Opener) => Value,
  ): Promise<Value[]>;
  /** The same for rows that stand without what is sealed in them: nothing opens what was of whoever was erased. */
  openEach<Row, Value>(
    rows: readonly (Row | null)[],
    ownerOf: (row: Row) => Owner,
    make: (row: Row, opener: Opener | undefined) => Value,
  ): Promise<Value[]>;
}

/** How a value begins that was sealed with a data key. */
const BY_DATA_KEY = 'v2.';

/** Bytes: a text is as long as the next multiple. */
const BLOCK = 256;
const END = 0x80;

const filledUp = (plain: string): Buffer => {
  const bytes = Buffer.from(plain);
  const filled = Buffer.alloc(Math.ceil((bytes.length + 1) / BLOCK) * BLOCK);
  filled.set(bytes);
  filled[bytes.length] = END;
  return filled;
};

const withoutFilling = (filled: Buffer): string => filled.toString('utf8', 0, filled.lastIndexOf(END));

const boundTo = (owner: Owner, spot: Spot): string => `${placeOf(spot)}.${owner.id}`;

/** A key that is forgotten when its work is done: whoever kept hold of it then neither seals nor opens. */
interface Held {
  bytes(): Buffer;
  forget(): void;
}

const held = (key: Buffer | undefined): Held => {
  let kept = key;
  return {
    bytes: () => {
      if (!kept) throw new Error('a value was sealed with a data key that is not at hand');
      return kept;
    },
    forget: () => {
      kept?.fill(0);
      kept = undefined;
    },
  };
};

const sealerFor = (owner: Owner, key: Held): Sealer => ({
  seal: (plain, spot) =>
    BY_DATA_KEY + encrypt(key.bytes(), filledUp(plain), boundTo(owner, spot)).toString('base64url'),
  sealBytes: (plain, spot) =>
    Buffer.concat([Buffer.from(BY_DATA_KEY), encrypt(key.bytes(), plain, boundTo(owner, spot))]),
});

const bodyOf = (sealed: Uint8Array): Uint8Array => sealed.subarray(BY_DATA_KEY.length);

const beginning = (sealed: Uint8Array): string =>
  Buffer.from(sealed.subarray(0, BY_MASTER.length)).toString();

const openerFor = (owner: Owner, key: Held, master: MasterSealing): Opener => ({
  unseal: (sealed, spot) => {
    if (sealed.startsWith(BY_MASTER)) return master.unseal(sealed, spot).toString('utf8');
    if (!sealed.startsWith(BY_DATA_KEY)) throw new Error('a value that should be sealed is not');
    const body = Buffer.from(sealed.slice(BY_DATA_KEY.length), 'base64url');
    return withoutFilling(decrypt(key.bytes(), body, boundTo(owner, spot)));
  },
  unsealBytes: (sealed, spot) => {
    if (beginning(sealed) === BY_MASTER) return master.unsealBytes(sealed, spot);
    if (beginning(sealed) !== BY_DATA_KEY) throw new Error('bytes that should be sealed are not');
    return decrypt(key.bytes(), bodyOf(sealed), boundTo(owner, spot));
  },
});

/** What is made with a key given, which is forgotten then. */
export const withKey = <Value>(owner: Owner, key: Buffer, make: (sealer: Sealer) => Value): Value => {
  const lent = held(key);
  try {
    return make(sealerFor(owner, lent));
  } finally {
    lent.forget();
  }
};

const openEach = async <Row, Value>(
  tx: Transaction,
  master: MasterSealing,
  rows: readonly (Row | null)[],
  ownerOf: (row: Row) => Owner,
  make: (row: Row, opener: Opener | undefined) => Value,
): Promise<Value[]> => {
  const owned = rows.flatMap((row) => (row === null ? [] : [{ row, owner: ownerOf(row) }]));
  const found = await findKeys(
    tx,
    master,
    owned.map(({ owner }) => owner),
  );
  const keys = new Map([...found].map(([id, key]) => [id, key === 'destroyed' ? key : held(key)] as const));
  const openerOf = (owner: Owner): Opener | undefined => {
    const key = keys.get(owner.id);
    return key === 'destroyed' ? undefined : openerFor(owner, key ?? held(undefined), master);
  };
  try {
    return owned.map(({ row, owner }) => make(row, openerOf(owner)));
  } finally {
    for (const key of keys.values()) if (key !== 'destroyed') key.forget();
  }
};

/** Seals and opens in a transaction, whose data keys the master keys given unwrap. */
export const sealingIn = (tx: Transaction, master: MasterSealing): Sealing => ({
  sealFor: async (owner, make) => withKey(owner, await keyFor(tx, master, owner), make),
  openEach: (rows, ownerOf, make) => openEach(tx, master, rows, ownerOf, make),
  openAll: async (rows, ownerOf, make) => {
    const opened = await openEach(tx, master, rows, ownerOf, (row, opener) =>
      opener ? [make(row, opener)] : [],
    );
    return opened.flat();
  },
});
