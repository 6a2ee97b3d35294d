/** A folder with a Postgres cluster in it: made once, owned by whoever runs Postgres, closed to everybody else. */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Programs, programs } from './binaries.ts';
import { letsOthersThrough, type OrdinaryUser, ordinaryUser } from './ordinary-user.ts';

export const SUPERUSER = 'hearth';

/** Root's own place for what another user must reach when the checkout is closed to that user. */
const SHELTER = '/var/lib/hearth';

/**
 * What Postgres's programs get to know of Hearth's environment: nothing. The keys may stand there, and whoever gets into
 * the database must not find beside it what opens it.
 */
export const BARE = { env: {} } as const;

export interface Cluster {
  readonly folder: string;
  readonly password: string;
  readonly programs: Programs;
  /** Whom the programs run as, when that is somebody else. */
  readonly runAs: OrdinaryUser | undefined;
}

const ownedBy = (user: OrdinaryUser | undefined, path: string): void => {
  if (user) chownSync(path, user.uid, user.gid);
};

const reachableFolder = (wanted: string, user: OrdinaryUser | undefined): string => {
  const folder = resolve(wanted);
  if (!user || letsOthersThrough(dirname(folder))) return folder;
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return join(SHELTER, name);
};

/** The file is complete or not there: initdb reads it, and so does every later start. */
const passwordIn = (path: string, user: OrdinaryUser | undefined): string => {
  if (!existsSync(path)) {
    const growing = `${path}-${process.pid}`;
    writeFileSync(growing, randomBytes(24).toString('base64url'), { mode: 0o600 });
    ownedBy(user, growing);
    renameSync(growing, path);
  }
  return readFileSync(path, 'utf8');
};

const run = promisify(execFile);

const initialise = async (cluster: Cluster, passwordFile: string): Promise<void> => {
  mkdirSync(cluster.folder, { mode: 0o700 });
  ownedBy(cluster.runAs, cluster.folder);
  const names = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8'];
  const access = [`--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  try {
    // Takes a second or more, in which whatever else is there already goes on answering.
    await run(cluster.programs.initdb, ['-D', cluster.folder, ...names, ...access, '--no-instructions'], {
      ...cluster.runAs,
      ...BARE,
      cwd: '/',
    });
  } catch (error) {
    rmSync(cluster.folder, { recursive: true, force: true });
    throw error;
  }
};

/** The cluster in a folder, made when there is none; it lies elsewhere (see `folder`) when Postgres could not reach it. */
export const openCluster = async (wanted: string): Promise<Cluster> => {
  const runAs = ordinaryUser();
  const folder = reachableFolder(wanted, runAs);
  mkdirSync(dirname(folder), { recursive: true, mode: 0o755 });
  const passwordFile = `${folder}.password`;
  const cluster: Cluster = {
    folder,
    runAs,
    password: passwordIn(passwordFile, runAs),
    programs: programs(runAs !== undefined, SHELTER),
  };
  if (!existsSync(join(folder, 'PG_VERSION'))) await initialise(cluster, passwordFile);
  return cluster;
};
