/**
 * A backup as a file that tells nothing without the master key, and in which no byte can be changed, moved or cut off
 * unnoticed: lines, packed, in frames that are encrypted by themselves and bound to their number and to whether they are
 * the last.
 *
 *   HEARTH-BACKUP-1 <name of the master key> <salt> <word by which the key is known again>
 *   <frames of nonce, tag and ciphertext>
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { decrypt, encrypt, KEY_BYTES } from '../cipher.ts';
import { derivedKey } from '../derived-key.ts';
import type { KeyRing } from '../key-ring.ts';

/**
 * - `strange`: it is no backup that this Hearth can read
 * - `unknown-key`: it was encrypted with a key that is not among those given
 * - `wrong-key`: one of that name is given, and it is another
 * - `damaged`: it was changed, or is not complete
 */
export type BackupFault = 'strange' | 'unknown-key' | 'wrong-key' | 'damaged';

/** A file that cannot be restored. */
export class BadBackup extends Error {
  override readonly name = 'BadBackup';
  readonly fault: BackupFault;
  /** Name of the key, where it is about one. */
  readonly key: string | undefined;

  constructor(fault: BackupFault, key?: string) {
    super(fault);
    this.fault = fault;
    this.key = key;
  }
}

const MAGIC = 'HEARTH-BACKUP-1';
const PURPOSE = 'hearth backup';
/** Only its owner may read a backup. */
const CLOSED = 0o600;
/** Bytes of a frame before it is encrypted, and what is added by that. */
const FRAME = 256 * 1_024;
const ADDED = 28;
/** Bytes within which the first line ends. */
const FIRST_LINE = 1_024;

interface Opening {
  /** The first line, without its end. */
  readonly line: string;
  readonly key: Buffer;
}

const wordOf = (key: Buffer, name: string, salt: string): Buffer =>
  createHmac('sha256', key).update(`${MAGIC} ${name} ${salt}`).digest();

const openingFor = (ring: KeyRing, name: string, salt: Buffer): Opening => {
  const master = ring.keys.get(name);
  if (!master) throw new BadBackup('unknown-key', name);
  const key = derivedKey(master, PURPOSE, salt);
  const told = salt.toString('base64url');
  return { line: `${MAGIC} ${name} ${told} ${wordOf(key, name, told).toString('base64url')}`, key };
};

const boundTo = ({ line }: Opening, number: number, isLast: boolean): string =>
  `${line} ${number} ${isLast ? 'last' : 'more'}`;

async function* sealed(opening: Opening, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield Buffer.from(`${opening.line}\n`);
  let [held, number] = [Buffer.alloc(0), 0];
  for await (const chunk of chunks) {
    held = Buffer.concat([held, chunk]);
    for (; held.length > FRAME; number += 1) {
      yield encrypt(opening.key, held.subarray(0, FRAME), boundTo(opening, number, false));
      held = held.subarray(FRAME);
    }
  }
  yield encrypt(opening.key, held, boundTo(opening, number, true));
}

const openFrame = (opening: Opening, frame: Buffer, number: number, isLast: boolean): Buffer => {
  try {
    return decrypt(opening.key, frame, boundTo(opening, number, isLast));
  } catch {
    throw new BadBackup('damaged');
  }
};

async function* opened(opening: Opening, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let [held, number] = [Buffer.alloc(0), 0];
  for await (const chunk of chunks) {
    held = Buffer.concat([held, chunk]);
    for (; held.length > FRAME + ADDED; number += 1) {
      yield openFrame(opening, held.subarray(0, FRAME + ADDED), number, false);
      held = held.subarray(FRAME + ADDED);
    }
  }
  if (held.length < ADDED) throw new BadBackup('damaged');
  yield openFrame(opening, held, number, true);
}

const LINE_END = 0x0a;

/** Lines as they were given: no other sign ends one. */
async function* linesIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let pieces: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, from)) {
      yield Buffer.concat([...pieces, chunk.subarray(from, end)]).toString();
      pieces = [];
      from = end + 1;
    }
    if (from < chunk.length) pieces.push(chunk.subarray(from));
  }
  if (pieces.length > 0) throw new BadBackup('damaged');
}

async function* bytesOf(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const line of lines) yield Buffer.from(`${line}\n`);
}

/** Writes lines to a new file, a part at a time; what was begun and could not be ended is taken away again. */
export const writeSealed = async (
  path: string,
  ring: KeyRing,
  lines: AsyncIterable<string>,
): Promise<void> => {
  const opening = openingFor(ring, ring.current, randomBytes(KEY_BYTES));
  const file = await open(path, 'wx', CLOSED);
  try {
    await pipeline(
      bytesOf(lines),
      createGzip(),
      (chunks: AsyncIterable<Buffer>) => sealed(opening, chunks),
      createWriteStream(path, { fd: file.fd, autoClose: false, flush: true }),
    );
    await file.sync();
  } catch (cause) {
    await rm(path, { force: true });
    throw cause;
  } finally {
    await file.close();
  }
};

const firstLine = async (path: string): Promise<string> => {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_LINE), 0, FIRST_LINE, 0);
    const end = buffer.subarray(0, bytesRead).indexOf(LINE_END);
    return buffer.toString('utf8', 0, Math.max(end, 0));
  } finally {
    await file.close();
  }
};

const openingOf = (ring: KeyRing, line: string): Opening => {
  const [magic, name = '', salt = '', word = ''] = line.split(' ');
  if (magic !== MAGIC) throw new BadBackup('strange');
  const opening = openingFor(ring, name, Buffer.from(salt, 'base64url'));
  const [given, own] = [Buffer.from(word, 'base64url'), wordOf(opening.key, name, salt)];
  if (given.length !== own.length || !timingSafeEqual(given, own)) throw new BadBackup('wrong-key', name);
  return { ...opening, line };
};

/** Reads the lines of a file, a part at a time; a bad backup when it is not as it was written. */
export const readSealed = async <Value>(
  path: string,
  ring: KeyRing,
  read: (lines: AsyncIterable<string>) => Promise<Value>,
): Promise<Value> => {
  const opening = openingOf(ring, await firstLine(path));
  const start = Buffer.byteLength(opening.line) + 1;
  return pipeline(
    createReadStream(path, { start, highWaterMark: FRAME }),
    (chunks: AsyncIterable<Buffer>) => opened(opening, chunks),
    createGunzip(),
    (chunks: AsyncIterable<Buffer>) => read(linesIn(chunks)),
  );
};
