/**
 * AES-256-GCM as it is used here: a nonce of its own for every value, then the tag, then the ciphertext, and bound to the
 * place where it belongs, so that it opens nowhere else.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Bytes of every key. */
export const KEY_BYTES = 32;

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Nonce, tag and ciphertext. */
export const encrypt = (key: Uint8Array, plain: Uint8Array, boundTo: string): Buffer<ArrayBuffer> => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(boundTo));
  const ciphertext = [cipher.update(plain), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...ciphertext]);
};

/** Throws when anything of it was changed, it belongs elsewhere, or another key has encrypted it. */
export const decrypt = (key: Uint8Array, sealed: Uint8Array, boundTo: string): Buffer => {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(Buffer.from(boundTo))
    .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const parts = [decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()];
  const plain = Buffer.concat(parts);
  // It may be a key: what is given back is the only one, for whoever asked to wipe it.
  for (const part of parts) part.fill(0);
  return plain;
};
