/** The keys that encrypt what people write: the first encrypts, all of them decrypt. */
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { KEY_BYTES } from './cipher.ts';

export interface KeyRing {
  /** Name of the key that encrypts. */
  readonly current: string;
  /** 32 bytes each, by name. */
  readonly keys: ReadonlyMap<string, Buffer>;
}

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

/** A new key, as keys are given: never to be printed or logged. */
export const makeKey = (name: string): string => `${name}:${randomBytes(KEY_BYTES).toString('base64')}`;

/** Only its owner may read a key file. */
const CLOSED = 0o600;

/** Writes a key to a file of its own, which must not be there yet. */
export const writeKey = (path: string, pair: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  // 'wx' so that of two first starts at once one fails, rather than one key be lost.
  writeFileSync(path, `${pair}\n`, { mode: CLOSED, flag: 'wx', flush: true });
};

/** Puts a key before the others in a key file, which stays its owner's; a crash leaves it as it was. */
export const putFirst = (path: string, pair: string): void => {
  const growing = `${path}-${process.pid}`;
  const { uid, gid } = statSync(path);
  writeKey(growing, `${pair},${readFileSync(path, 'utf8').trim()}`);
  chownSync(growing, uid, gid);
  renameSync(growing, path);
};

/** The ring in a file, which is made with a new key, readable by its owner alone, when there is none. */
export const keysInFile = (path: string): { readonly keys: KeyRing; readonly made: boolean } => {
  const made = !existsSync(path);
  if (made) writeKey(path, makeKey('first'));
  return { keys: parseKeys(readFileSync(path, 'utf8')), made };
};
