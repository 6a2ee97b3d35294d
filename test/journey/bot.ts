/** Hearth as a process of its own, as it is started for real: what it says, how it ends, and how it is killed. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { until } from '../adapters/jobs/until.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface Bot {
  readonly pid: number;
  /** Everything that it has written to standard error. */
  said(): string;
  /** Waits until it says that it is up; a process that ended before is an error. */
  isUp(): Promise<void>;
  signal(signal: 'SIGTERM' | 'SIGKILL'): void;
  /** Its exit code; null when it was killed. */
  ended(): Promise<number | null>;
}

type Child = ChildProcessByStdio<null, null, Readable>;

const waitUntilUp = async (child: Child, said: () => string): Promise<void> => {
  await until('Hearth is up', () => said().includes('Hearth is up') || child.exitCode !== null, 120);
  if (!said().includes('Hearth is up')) throw new Error(`Hearth ended before it was up: ${said()}`);
};

/** Starts `node src/main.ts` in a folder without an `.env`, with nothing in its environment but what is given. */
export const startBot = (environment: Readonly<Record<string, string>>, folder = tmpdir()): Bot => {
  const child: Child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  // Closed, and not only exited: everything that it wrote has then been read.
  const closed = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null));
  return {
    // A program that could not be begun at all is told of by its error.
    pid: child.pid ?? 0,
    said: () => said,
    isUp: () => waitUntilUp(child, () => said),
    signal: (signal) => void child.kill(signal),
    ended: () => closed,
  };
};
