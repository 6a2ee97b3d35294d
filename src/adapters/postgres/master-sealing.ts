/**
 * What the master keys seal themselves: the data keys, and a word by which each is known again. Before there were data
 * keys they sealed everything, and that still opens.
 *
 *   v1.<name of the key>.<base64url of nonce, tag and ciphertext>
 *
 * Bytes were sealed in the same way, without base64url.
 */
import { decrypt, encrypt } from './cipher.ts';
import type { KeyRing } from './key-ring.ts';

/** Where a sealed value belongs. */
export interface Spot {
  readonly table: string;
  readonly column: string;
  readonly rowId: string;
}

export interface MasterSealing {
  /** With the key that is used now. */
  seal(plain: Uint8Array, spot: Spot): string;
  /** Throws when the value was changed, belongs elsewhere, or was sealed with a key that is not in the ring. */
  unseal(sealed: string, spot: Spot): Buffer;
  /** Throws likewise. */
  unsealBytes(sealed: Uint8Array, spot: Spot): Buffer;
}

/** How a value begins that was sealed with a master key. */
export const BY_MASTER = 'v1.';

/** The place, as what is sealed there is bound to it. */
export const placeOf = ({ table, column, rowId }: Spot): string => `${table}.${column}.${rowId}`;

const keyNamed = (ring: KeyRing, name: string): Buffer => {
  const key = ring.keys.get(name);
  if (!key) throw new Error(`a value was sealed with the key "${name}", which is not among the keys given`);
  return key;
};

const unsealBytes = (ring: KeyRing, bytes: Uint8Array, spot: Spot): Buffer => {
  const sealed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bodyAt = sealed.indexOf('.', BY_MASTER.length) + 1;
  const name = sealed.toString('utf8', BY_MASTER.length, bodyAt - 1);
  return decrypt(keyNamed(ring, name), sealed.subarray(bodyAt), placeOf(spot));
};

const unseal = (ring: KeyRing, sealed: string, spot: Spot): Buffer => {
  const [version, name = '', body = ''] = sealed.split('.');
  if (`${version}.` !== BY_MASTER) throw new Error('a value that should be sealed is not');
  return decrypt(keyNamed(ring, name), Buffer.from(body, 'base64url'), placeOf(spot));
};

/** Seals and opens with the master keys given. */
export const masterSealing = (ring: KeyRing): MasterSealing => ({
  seal: (plain, spot) => {
    const sealed = encrypt(keyNamed(ring, ring.current), plain, placeOf(spot));
    return `${BY_MASTER}${ring.current}.${sealed.toString('base64url')}`;
  },
  unseal: (sealed, spot) => unseal(ring, sealed, spot),
  unsealBytes: (sealed, spot) => unsealBytes(ring, sealed, spot),
});
