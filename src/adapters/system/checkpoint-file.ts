/** Keeps checkpoints of the audit in a file, a line of JSON each: to be copied to wherever the database is not. */
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Checkpoint } from '../../core/audit-proof.ts';
import type { Checkpoints } from '../../ports/audit-trail.ts';

const isOne = (value: unknown): value is Checkpoint => {
  if (typeof value !== 'object' || value === null) return false;
  const texts = ['chain', 'hash', 'at', 'key', 'mac'].map((name) => Reflect.get(value, name));
  const numbers = ['number', 'count'].map((name) => Reflect.get(value, name));
  return texts.every((each) => typeof each === 'string') && numbers.every(Number.isSafeInteger);
};

const parsed = (line: string): Checkpoint | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return isOne(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const linesIn = async (path: string): Promise<readonly string[]> => {
  try {
    return (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
  } catch (cause) {
    if (Reflect.get(Object(cause), 'code') === 'ENOENT') return [];
    throw cause;
  }
};

/** Those in the file at `path`, which is made with the first. */
export const checkpointsIn = (path: string): Checkpoints => ({
  all: async () => (await linesIn(path)).map(parsed),
  add: async (checkpoint) => {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'a', 0o600);
    try {
      await file.appendFile(`${JSON.stringify(checkpoint)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  },
});
