/** A program of this house as a process of its own, as it runs in real life. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Program {
  readonly pid: number;
  stop(): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

/** Waits until it says on standard error that it is up; ends with what it said when it dies before that. */
const saying = (child: ChildProcess, words: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-4_000);
      if (said.includes(words)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`it ended with ${code} and said:\n${said}`)));
  });

/** Starts the TypeScript file at `path`, and resolves once it has said `words` on standard error. */
export const startProgram = async (
  path: string,
  words: string,
  environment: Environment,
): Promise<Program> => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stopWithUs = (): void => void child.kill('SIGTERM');
  process.once('exit', stopWithUs);
  await saying(child, words);
  return {
    // What has said something has been begun.
    pid: child.pid ?? 0,
    stop: async () => {
      process.off('exit', stopWithUs);
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
};
