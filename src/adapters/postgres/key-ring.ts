/** The keys that encrypt what people write: the first encrypts, all of them decrypt. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface KeyRing {
  /** Name of the key that encrypts. */
  readonly current: string;
  /** 32 bytes each, by name. */
  readonly keys: ReadonlyMap<string, Buffer>;
}

const KEY_BYTES = 32;

const PAIR = /^(?<name>[\w-]+):(?<key>[A-Za-z0-9+/_-]+=*)$/;

const namedKey = (pair: string): readonly [string, Buffer] => {
  const { name, key } = PAIR.exec(pair)?.groups ?? {};
  // The pair itself must never be part of a message.
  if (!name || !key)
    throw new Error('A key is a name of letters, digits, - and _, then a colon, then base64.');
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== KEY_BYTES) throw new Error(`The key "${name}" is not ${KEY_BYTES} bytes in base64.`);
  return [name, bytes];
};

/** The ring that `name:base64` pairs, divided by commas, stand for. */
export const parseKeys = (text: string): KeyRing => {
  const pairs = text.trim().split(',').map(namedKey);
  const [first] = pairs;
  if (!first) throw new Error('There is no key.');
  const keys = new Map(pairs);
  if (keys.size !== pairs.length) throw new Error('Two keys bear the same name.');
  return { current: first[0], keys };
};

/** The ring in a file, which is made with a new key, readable by its owner alone, when there is none. */
export const keysInFile = (path: string): { readonly keys: KeyRing; readonly made: boolean } => {
  const made = !existsSync(path);
  if (made) {
    mkdirSync(dirname(path), { recursive: true });
    // 'wx' so that of two first starts at once one fails, rather than one key be lost.
    writeFileSync(path, `first:${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  }
  return { keys: parseKeys(readFileSync(path, 'utf8')), made };
};
