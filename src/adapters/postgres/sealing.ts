/**
 * The one place where what people wrote is encrypted and decrypted: AES-256-GCM, bound to its table, column and row,
 * so that a sealed value that is moved elsewhere does not open.
 *
 *   v1.<name of the key>.<base64url of nonce, tag and ciphertext>
 *
 * Bytes are sealed in the same way, without base64url.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';

/** Where a sealed value belongs. */
export interface Spot {
  readonly table: string;
  readonly column: string;
  readonly rowId: string;
}

export interface Sealing {
  seal(plain: string, spot: Spot): string;
  /** Throws when the value was changed, belongs elsewhere, or was sealed with a key that is not in the ring. */
  unseal(sealed: string, spot: Spot): string;
  sealBytes(plain: Uint8Array, spot: Spot): Uint8Array<ArrayBuffer>;
  /** Throws likewise. */
  unsealBytes(sealed: Uint8Array, spot: Spot): Uint8Array;
}

const CIPHER = 'aes-256-gcm';
const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const boundTo = ({ table, column, rowId }: Spot): Buffer => Buffer.from(`${table}.${column}.${rowId}`);

const keyNamed = (ring: KeyRing, name: string): Buffer => {
  const key = ring.keys.get(name);
  if (!key) throw new Error(`a value was sealed with the key "${name}", which is not among the keys given`);
  return key;
};

/** Nonce, tag and ciphertext, with the key that is used now. */
const encrypt = (ring: KeyRing, plain: Uint8Array, spot: Spot): Buffer<ArrayBuffer> => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyNamed(ring, ring.current), nonce).setAAD(boundTo(spot));
  const ciphertext = [cipher.update(plain), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...ciphertext]);
};

const decrypt = (ring: KeyRing, name: string, sealed: Buffer, spot: Spot): Buffer => {
  const decipher = createDecipheriv(CIPHER, keyNamed(ring, name), sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(boundTo(spot))
    .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const ciphertext = sealed.subarray(NONCE_BYTES + TAG_BYTES);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
};

const requireSealed = (version: string | undefined): void => {
  if (version !== VERSION) throw new Error('a value that should be sealed is not');
};

const seal = (ring: KeyRing, plain: string, spot: Spot): string =>
  [VERSION, ring.current, encrypt(ring, Buffer.from(plain), spot).toString('base64url')].join('.');

const unseal = (ring: KeyRing, text: string, spot: Spot): string => {
  const [version, name = '', body = ''] = text.split('.');
  requireSealed(version);
  return decrypt(ring, name, Buffer.from(body, 'base64url'), spot).toString('utf8');
};

const sealBytes = (ring: KeyRing, plain: Uint8Array, spot: Spot): Uint8Array<ArrayBuffer> =>
  Buffer.concat([Buffer.from(`${VERSION}.${ring.current}.`), encrypt(ring, plain, spot)]);

const unsealBytes = (ring: KeyRing, bytes: Uint8Array, spot: Spot): Uint8Array => {
  const sealed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const nameAt = sealed.indexOf('.') + 1;
  const bodyAt = sealed.indexOf('.', nameAt) + 1;
  requireSealed(sealed.toString('utf8', 0, nameAt - 1));
  return decrypt(ring, sealed.toString('utf8', nameAt, bodyAt - 1), sealed.subarray(bodyAt), spot);
};

/** Seals and opens with the keys given. */
export const sealingWith = (ring: KeyRing): Sealing => ({
  seal: (plain, spot) => seal(ring, plain, spot),
  unseal: (sealed, spot) => unseal(ring, sealed, spot),
  sealBytes: (plain, spot) => sealBytes(ring, plain, spot),
  unsealBytes: (sealed, spot) => unsealBytes(ring, sealed, spot),
});
