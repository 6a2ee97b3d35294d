/** Hearth as a program: reads its configuration, starts, says in sentences how that went, and ends on a signal. */
import { type LogLevel, openLog } from './adapters/pino/log.ts';
import { configOfProcess } from './config.ts';
import type { Hearth } from './hearth.ts';

const say = (...sentences: readonly string[]): void => {
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
};

/** What nobody caught ends Hearth; its message may hold what somebody wrote, and is never printed. */
const endOnFault = (level: LogLevel): void => {
  process.once('uncaughtException', (cause) => {
    const reference = openLog(level).fault('uncaught', cause);
    say(`Hearth ends because of a fault that it did not foresee (${reference}): start it again.`);
    process.exit(1);
  });
};

const stopOnSignal = (hearth: Hearth): void => {
  const stop = (): void => {
    say('Hearth finishes what is in hand, and stops.');
    hearth.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};

const run = async (): Promise<void> => {
  const read = configOfProcess();
  if (!read.ok) {
    say(...read.sentences);
    process.exit(1);
  }
  endOnFault(read.config.logLevel);
  const lost = (sentence: string): never => {
    say(sentence);
    process.exit(1);
  };
  // Most of a start is to read all that Hearth is made of: what is wrong with its settings was said before that.
  const { startHearth } = await import('./hearth.ts');
  const start = await startHearth(read.config, { lost });
  if (!start.ok) {
    say(start.sentence);
    process.exit(1);
  }
  stopOnSignal(start.hearth);
  const { notes, invitation } = start.hearth;
  say(
    ...notes,
    invitation === undefined
      ? 'Hearth is up.'
      : `Hearth is up. Invite it with the least that it needs: ${invitation}`,
  );
};

await run();
