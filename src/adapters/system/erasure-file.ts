/** Keeps the record of erasures in a file, a line of JSON each. */
import type { Erasure } from '../../core/erasure.ts';
import type { ErasureRecord } from '../../ports/erasure-record.ts';
import { addLines, readLines } from './json-lines.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

const isOne = (value: unknown): value is Erasure => {
  if (typeof value !== 'object' || value === null) return false;
  const texts = ['id', 'at', 'key', 'who', 'mac'].map((name) => Reflect.get(value, name));
  const [server, classes]: readonly unknown[] = ['server', 'classes'].map((name) => Reflect.get(value, name));
  const isServer = server === undefined || isText(server);
  return texts.every(isText) && isServer && Array.isArray(classes) && classes.every(isText);
};

/** That in the file at `path`. */
export const erasuresIn = (path: string): ErasureRecord => ({
  all: () => readLines(path, (value) => (isOne(value) ? value : undefined)),
  add: (erasures) => addLines(path, erasures),
});
