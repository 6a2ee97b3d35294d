/** A file that only grows, a line of JSON each. */
import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
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

const isTorn = async (file: FileHandle): Promise<boolean> => {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() !== '\n';
};

/** Adds lines to a file, which is made when there is none; they are on the disk when it resolves. */
export const addLines = async (path: string, values: readonly object[]): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a+', CLOSED);
  try {
    // A line that broke off when the machine fell must not take the next one with it.
    const start = (await isTorn(file)) ? '\n' : '';
    await file.appendFile(start + values.map((value) => `${JSON.stringify(value)}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
};
