/** A spool in a folder: one small file each, which is on the disk before `put` returns. */

import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../ports/log.ts';
import type { Spool } from '../../ports/spool.ts';

const OWNER_ONLY = { folder: 0o700, file: 0o600 } as const;

const nameOf = (id: string): string => `${createHash('sha256').update(id).digest('hex')}.json`;

const write = (folder: string, id: string, text: string): void => {
  mkdirSync(folder, { recursive: true, mode: OWNER_ONLY.folder });
  const file = openSync(join(folder, nameOf(id)), 'w', OWNER_ONLY.file);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/** Opens the folder, which may not exist yet; `read` makes a value of what JSON holds, or nothing of what is torn. */
export const spoolIn = <Value>(
  folder: string,
  log: Log,
  read: (text: string) => Value | undefined,
): Spool<Value> => ({
  put: (id, value) => {
    try {
      write(folder, id, JSON.stringify(value));
    } catch (cause) {
      log.fault('spool', cause);
    }
  },
  remove: (id) => rmSync(join(folder, nameOf(id)), { force: true }),
  left: () => {
    try {
      return readdirSync(folder).flatMap((name) => read(readFileSync(join(folder, name), 'utf8')) ?? []);
    } catch (cause) {
      const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
      if (code !== 'ENOENT') log.fault('spool', cause);
      return [];
    }
  },
});
