/** A file that goes with an answer, as Discord takes it: beside the message, which speaks of it by its number. */
import type { RawFile } from '@discordjs/rest';
import type { Enclosure } from '../../words/card.ts';
import { FILE_BYTES, within } from './limits.ts';

/** What a message says of its file. */
export interface Attached {
  readonly id: number;
  readonly filename: string;
}

const NAME = /^[a-z\d][a-z\d-]{0,59}\.(?<ending>csv|json|html)$/;

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

/** What is sent beside the message; throws a RangeError when it is too long, a TypeError when it is no such file. */
export const filesOf = (file: Enclosure | undefined): RawFile[] => {
  if (file === undefined) return [];
  const contentType = TYPES[NAME.exec(file.name)?.groups?.['ending'] ?? ''];
  if (contentType === undefined || !file.content.isWellFormed()) {
    throw new TypeError('a file is in UTF-8, with a plain name that ends in .csv, .json or .html');
  }
  const data = Buffer.from(file.content, 'utf8');
  within('file', data.length, FILE_BYTES);
  return [{ name: file.name, data, contentType }];
};

/** What the message says of what is sent beside it. */
export const attachedOf = (files: readonly RawFile[]): Attached[] =>
  files.map(({ name }, id) => ({ id, filename: name }));
