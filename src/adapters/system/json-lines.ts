/** A file that only grows, a line of JSON each. */
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const CLOSED = 0o600;

/** The lines of a file, each as `read` makes a value of it or nothing; undefined without the file. */
export const readLines = async <Value>(
  path: string,
  read: (value: unknown) => Value | undefined,
): Promise<readonly (Value | undefined)[] | undefined> => {
  const parsed = (line: string): Value | undefined => {
    try {
      return read(JSON.parse(line));
    } catch {
      return undefined;
    }
  };
  try {
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map(parsed);
  } catch (cause) {
    if (Reflect.get(Object(cause), 'code') === 'ENOENT') return undefined;
    throw cause;
  }
};

/** Adds lines to a file, which is made when there is none; they are on the disk when it resolves. */
export const addLines = async (path: string, values: readonly object[]): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a', CLOSED);
  try {
    await file.appendFile(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
};
