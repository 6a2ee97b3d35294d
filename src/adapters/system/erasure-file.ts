/** Keeps the record of erasures in a file, a line of JSON each. */
import type { Erasure, RecordLine, Tally } from '../../core/erasure.ts';
import type { ErasureRecord } from '../../ports/erasure-record.ts';
import { addLines, readLines } from './json-lines.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

const isErasure = (value: unknown): value is Erasure => {
  if (typeof value !== 'object' || value === null) return false;
  const texts = ['id', 'at', 'key', 'who', 'mac'].map((name) => Reflect.get(value, name));
  const [server, classes]: readonly unknown[] = ['server', 'classes'].map((name) => Reflect.get(value, name));
  const isServer = server === undefined || isText(server);
  return texts.every(isText) && isServer && Array.isArray(classes) && classes.every(isText);
};

const isTally = (value: unknown): value is Tally => {
  if (typeof value !== 'object' || value === null) return false;
  const texts = ['at', 'key', 'mac'].map((name) => Reflect.get(value, name));
  return texts.every(isText) && Number.isSafeInteger(Reflect.get(value, 'erasures'));
};

const lineOf = (value: unknown): RecordLine | undefined =>
  isErasure(value) || isTally(value) ? value : undefined;

/** That in the file at `path`. */
export const erasuresIn = (path: string): ErasureRecord => ({
  all: () => readLines(path, lineOf),
  add: (lines) => addLines(path, lines),
});
