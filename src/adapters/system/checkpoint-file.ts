/** Keeps checkpoints of the audit in a file, a line of JSON each: to be copied to wherever the database is not. */
import type { Checkpoint } from '../../core/audit-proof.ts';
import type { Checkpoints } from '../../ports/audit-trail.ts';
import { addLines, readLines } from './json-lines.ts';

const isOne = (value: unknown): value is Checkpoint => {
  if (typeof value !== 'object' || value === null) return false;
  const texts = ['chain', 'hash', 'at', 'key', 'mac'].map((name) => Reflect.get(value, name));
  const numbers = ['number', 'count'].map((name) => Reflect.get(value, name));
  return texts.every((each) => typeof each === 'string') && numbers.every(Number.isSafeInteger);
};

/** Those in the file at `path`, which is made with the first. */
export const checkpointsIn = (path: string): Checkpoints => ({
  all: async () => (await readLines(path, (value) => (isOne(value) ? value : undefined))) ?? [],
  add: (checkpoint) => addLines(path, [checkpoint]),
});
