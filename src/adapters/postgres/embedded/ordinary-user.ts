/** Postgres refuses to run as root: who runs it then, and where that user can reach its files. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export interface OrdinaryUser {
  readonly uid: number;
  readonly gid: number;
}

const SUITABLE = ['postgres', 'nobody'];
const OTHERS_MAY_ENTER = 0o001;

/** Whom Postgres must run as; undefined when this process is an ordinary user already. */
export const ordinaryUser = (): OrdinaryUser | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of SUITABLE) {
    const account = accounts.find((fields) => fields[0] === name);
    if (account) return { uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new Error('As root, Postgres needs a user "postgres" or "nobody" to run as, and there is neither.');
};

/** Whether every folder up to the root lets other users through; a folder that is yet to be made will. */
export const letsOthersThrough = (path: string): boolean => {
  const folder = resolve(path);
  if (existsSync(folder) && !(statSync(folder).mode & OTHERS_MAY_ENTER)) return false;
  const parent = dirname(folder);
  return parent === folder || letsOthersThrough(parent);
};
