/** The processes of Hearth that play a programme together: started, killed without a warning, and started again. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The program of such a process. */
export const PROGRAM = fileURLToPath(new URL('./hearth-process.ts', import.meta.url));

export type Environment = Readonly<Record<string, string>>;

export interface Player {
  readonly name: string;
  /** Starts it when it does not run, and resolves when it is up. */
  start(now: number): Promise<void>;
  /** Kills it at this very instant; resolves when it is gone. */
  kill(): Promise<void>;
  /** Lets it finish what is in hand. */
  stop(): Promise<void>;
  /** Tells it what time it is, and resolves when it has gone there, or is gone itself. */
  turn(now: number): Promise<void>;
  runs(): boolean;
  /** The end of what it has written to standard error. */
  lastWords(): string;
}

interface Told {
  readonly is: 'up' | 'there';
  readonly now?: number;
}

const untilTold = (child: ChildProcess, isIt: (told: Told) => boolean): Promise<boolean> =>
  new Promise((resolve) => {
    const settle = (was: boolean) => (): void => {
      child.off('message', listen);
      child.off('exit', gone);
      resolve(was);
    };
    const listen = (told: Told): void => {
      if (isIt(told)) settle(true)();
    };
    const gone = settle(false);
    child.on('message', listen);
    child.once('exit', gone);
  });

const send = (child: ChildProcess, now: number): void => {
  // A process that was killed a moment ago hears nothing, and that is no fault.
  if (child.connected) child.send({ now }, () => undefined);
};

/** What a process said last before it ended by itself. */
const LAST_WORDS = 2_000;

/** One process of Hearth with these settings; `program`, when it is to run from another file than its own. */
export const playerOf = (name: string, environment: Environment, program = PROGRAM): Player => {
  let child: ChildProcess | undefined;
  let said = '';
  const isRunning = (one: ChildProcess | undefined): one is ChildProcess =>
    one !== undefined && one.exitCode === null && one.signalCode === null;
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (!isRunning(child)) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return {
    name,
    start: async (now) => {
      if (isRunning(child)) return;
      said = '';
      const starting = fork(program, [], {
        cwd: tmpdir(),
        // Ctrl-C is for whoever plays, who ends this one then; when they are gone without a word, it ends by itself.
        detached: true,
        env: environment,
        execArgv: ['--disable-warning=ExperimentalWarning', '--disable-warning=DeprecationWarning'],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      child = starting;
      starting.stderr?.on('data', (chunk) => {
        said = `${said}${chunk}`.slice(-LAST_WORDS);
      });
      const up = untilTold(starting, ({ is }) => is === 'up');
      send(starting, now);
      if (!(await up) && starting.exitCode !== null) throw new Error(`${name} did not start: ${said}`);
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    turn: async (now) => {
      if (!isRunning(child)) return;
      const there = untilTold(child, (told) => told.is === 'there' && (told.now ?? 0) >= now);
      send(child, now);
      await there;
    },
    runs: () => isRunning(child),
    lastWords: () => said,
  };
};
