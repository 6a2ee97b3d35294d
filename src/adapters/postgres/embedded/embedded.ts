/**
 * A real Postgres of our own, for whoever has none: started with Hearth and stopped with it.
 * When Hearth was killed, its Postgres lives on; the next start takes it over.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { BARE, type Cluster, openCluster, SUPERUSER } from './cluster.ts';

export interface Embedded {
  readonly url: string;
  /** Where the data really lies. */
  readonly folder: string;
  /** Whether it was still running from before. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

const START_LIMIT = 30_000;
const ADOPT_LIMIT = 3_000;
const STOP_LIMIT = 15_000;
const POLL = 20;

const urlOf = (cluster: Cluster, port: number, database: string): string =>
  `postgresql://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${database}`;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('The machine has no free port.')),
      );
    });
  });

const ask = async (url: string, sql: string, values: unknown[] = []): Promise<readonly unknown[][]> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ADOPT_LIMIT });
  // A server that goes away while asked rejects the query; the event would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query({ text: sql, values, rowMode: 'array' })).rows;
  } finally {
    await client.end().catch(() => {});
  }
};

const createDatabase = async (cluster: Cluster, port: number, database: string): Promise<void> => {
  const url = urlOf(cluster, port, 'postgres');
  const [found] = await ask(url, 'select 1 from pg_database where datname = $1', [database]);
  if (!found) await ask(url, `create database ${pg.escapeIdentifier(database)}`);
};

const pidFile = (cluster: Cluster): string => join(cluster.folder, 'postmaster.pid');

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const until = async (settled: () => boolean, limit: number): Promise<boolean> => {
  for (const deadline = Date.now() + limit; !settled(); await sleep(POLL)) {
    if (Date.now() > deadline) return false;
  }
  return true;
};

/** Lines of the file by which Postgres tells where it runs: process id, folder, start, port. */
const running = (cluster: Cluster): { pid: number; port: number } | undefined => {
  if (!existsSync(pidFile(cluster))) return undefined;
  const lines = readFileSync(pidFile(cluster), 'utf8').split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 && alive(pid) ? { pid, port } : undefined;
};

const servesThis = async (cluster: Cluster, port: number): Promise<boolean> => {
  const url = urlOf(cluster, port, 'postgres');
  for (const deadline = Date.now() + ADOPT_LIMIT; Date.now() < deadline; await sleep(POLL)) {
    const answer = await ask(url, "select current_setting('data_directory')").catch(() => undefined);
    if (answer) return answer[0]?.[0] === cluster.folder;
  }
  return false;
};

const adopt = async (cluster: Cluster): Promise<{ port: number; stop: () => Promise<void> } | undefined> => {
  const left = running(cluster);
  if (!left || !(await servesThis(cluster, left.port))) return undefined;
  const stop = async (): Promise<void> => {
    process.kill(left.pid, 'SIGINT');
    await until(() => !existsSync(pidFile(cluster)), STOP_LIMIT);
  };
  return { port: left.port, stop };
};

const launch = (cluster: Cluster, port: number): ChildProcess => {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC'];
  return spawn(
    cluster.programs.postgres,
    ['-D', cluster.folder, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    // In a group of its own: Ctrl-C must reach Hearth alone, which then still needs its database to finish.
    {
      ...cluster.runAs,
      ...BARE,
      cwd: '/',
      detached: true,
      windowsHide: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
};

const ready = async (cluster: Cluster, port: number, child: ChildProcess): Promise<void> => {
  let told = '';
  child.stderr?.on('data', (chunk) => {
    told = `${told}${chunk}`.slice(-4_000);
  });
  for (const deadline = Date.now() + START_LIMIT; Date.now() < deadline; await sleep(POLL)) {
    if (child.exitCode !== null) throw new Error(`Postgres did not start:\n${told}`);
    const up = await ask(urlOf(cluster, port, 'postgres'), 'select 1').catch(() => undefined);
    if (up) return;
  }
  child.kill('SIGKILL');
  throw new Error(`Postgres did not answer within ${START_LIMIT / 1000} s:\n${told}`);
};

const start = async (cluster: Cluster): Promise<{ port: number; stop: () => Promise<void> }> => {
  const port = await freePort();
  const child = launch(cluster, port);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await ready(cluster, port, child);
  const interrupt = (): void => void child.kill('SIGINT');
  process.once('exit', interrupt);
  child.unref();
  if (child.stderr instanceof Socket) child.stderr.unref();
  const stop = async (): Promise<void> => {
    process.off('exit', interrupt);
    child.ref();
    interrupt();
    await exited;
  };
  return { port, stop };
};

/** Starts the Postgres in a folder, or takes over the one that runs there; the database is made when missing. */
export const startEmbedded = async (folder: string, database = 'hearth'): Promise<Embedded> => {
  const cluster = await openCluster(folder);
  const adopted = await adopt(cluster);
  const { port, stop } = adopted ?? (await start(cluster));
  await createDatabase(cluster, port, database);
  return {
    url: urlOf(cluster, port, database),
    folder: cluster.folder,
    adopted: adopted !== undefined,
    stop,
  };
};
