/** Keys for one purpose each, derived from the master keys: none of them tells anything of another. */
import { createHmac, hkdfSync } from 'node:crypto';
import type { Seal } from '../../core/audit.ts';
import { KEY_BYTES } from './cipher.ts';
import type { KeyRing } from './key-ring.ts';

/** The key for a purpose, and for one salt where there are many of it. */
export const derivedKey = (master: Uint8Array, purpose: string, salt: Uint8Array | '' = ''): Buffer =>
  Buffer.from(hkdfSync('sha256', master, salt, purpose, KEY_BYTES));

/** Those of every key of a ring, by name. */
export const derivedIn = (ring: KeyRing, purpose: string): ReadonlyMap<string, Buffer> =>
  new Map([...ring.keys].map(([name, key]) => [name, derivedKey(key, purpose)]));

/** Seals with keys by their names. */
export const sealWith =
  (keys: ReadonlyMap<string, Buffer>): Seal =>
  (name, text) => {
    const key = keys.get(name);
    return key && createHmac('sha256', key).update(text).digest('hex');
  };
