/** The process that is in the calls, seen from the bot: begun when it is needed, and again when it has died. */
import { type ChildProcess, fork } from 'node:child_process';
import tls from 'node:tls';
import { SECOND } from '../../core/time.ts';
import type { Log } from '../../ports/log.ts';
import { pauseAfter, STEADY } from './backoff.ts';
import {
  type About,
  ALIVE_EVERY,
  type Answers,
  type Fault,
  type Order,
  type Question,
  type SentPlay,
  type Telling,
} from './messages.ts';

/** What a line tells of, and nothing after it was lost or closed. */
export interface LineEars {
  ready(): void;
  connecting(): void;
  /** By Discord's close code, where there was one. */
  lost(code: number | undefined): void;
  stirred(): void;
  /** Milliseconds since 1970. */
  spoke(account: string, fromMs: number, toMs: number): void;
}

export interface OpenLine {
  hear(what: 'state' | 'server', packet: unknown): void;
  note(noting: boolean): void;
  play(play: SentPlay | undefined): void;
  /** Undefined when there is no answer any more. */
  ask<Of extends About>(question: Extract<Question, { about: Of }>): Promise<Answers[Of] | undefined>;
  close(): void;
}

export interface VoiceProcess {
  /** Undefined while the process has to rest before it is begun again. */
  open(guildId: string, channelId: string, ears: LineEars): OpenLine | undefined;
  /** Ends it; resolves when it is no more. */
  stop(): Promise<void>;
}

const PROGRAM = new URL('./child/main.ts', import.meta.url);

/** Milliseconds in which it ends by itself when it is told to. */
const PATIENCE = SECOND;

/** Signs of life that may be missing: one that is not heard of for longer hangs, and never comes back by itself. */
const MOST_MISSING = 5;

/** Looks each time when a sign of life is due: a bot that was held up itself has missed one, and not many. */
const watchLife = (hangs: () => void) => {
  let missing = 0;
  const timer = setInterval(() => {
    missing += 1;
    if (missing > MOST_MISSING) hangs();
  }, ALIVE_EVERY);
  return {
    seen: (): void => {
      missing = 0;
    },
    end: () => clearInterval(timer),
  };
};

const causeOf = ({ name, code, frames }: Fault): Error =>
  Object.assign(new Error(''), { name, stack: frames, ...(code !== undefined && { code }) });

/** `certificates` are trusted beside those that the bot itself trusts; as PEM. */
export const openVoiceProcess = (log: Log, certificates: readonly string[]): VoiceProcess => {
  const lines = new Map<number, LineEars>();
  const answers = new Map<number, { readonly line: number; resolve(answer: unknown): void }>();
  let child: ChildProcess | undefined;
  let number = 0;
  let deaths = 0;
  let restsUntil = 0;
  let stopped = false;

  const send = (order: Order): void => void (child?.connected && child.send(order, () => undefined));

  const forget = (line: number): void => {
    lines.delete(line);
    for (const [request, answer] of answers) {
      if (answer.line !== line) continue;
      answers.delete(request);
      answer.resolve(undefined);
    }
  };

  const lose = (line: number, code: number | undefined): void => {
    const ears = lines.get(line);
    forget(line);
    ears?.lost(code);
  };

  const hear = (telling: Telling): void => {
    if (telling.tell === 'answer') {
      answers.get(telling.request)?.resolve(telling.answer);
      answers.delete(telling.request);
    } else if (telling.tell === 'fault') {
      log.fault('voice', causeOf(telling.fault), { where: telling.fault.where });
    } else if (telling.tell === 'lost') {
      lose(telling.line, telling.code);
    } else if (telling.tell === 'spoke') {
      lines.get(telling.line)?.spoke(telling.account, telling.fromMs, telling.toMs);
    } else if (telling.tell !== 'alive') lines.get(telling.line)?.[telling.tell]();
  };

  const died = (begunAt: number, code: number | null, signal: string | null): void => {
    child = undefined;
    if (stopped) return;
    const now = performance.now();
    deaths = now - begunAt > STEADY ? 1 : deaths + 1;
    restsUntil = now + pauseAfter(deaths);
    log.warn('voice-process-ended', {
      code: code ?? undefined,
      signal: signal ?? undefined,
      lines: lines.size,
    });
    for (const line of [...lines.keys()]) lose(line, undefined);
  };

  /** It is given nothing of the environment: no token, no address, no key. */
  const forked = (): ChildProcess | undefined => {
    try {
      return fork(PROGRAM, [], {
        env: {},
        execArgv: ['--disable-warning=ExperimentalWarning'],
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
    } catch (cause) {
      log.fault('voice-process', cause);
      return undefined;
    }
  };

  const listenTo = (begun: ChildProcess, begunAt: number): void => {
    const life = watchLife(() => {
      log.warn('voice-process-hangs');
      begun.kill('SIGKILL');
    });
    const ended = (code: number | null, signal: string | null): void => {
      life.end();
      died(begunAt, code, signal);
    };
    begun.on('message', (telling) => {
      life.seen();
      // Nothing but the program of this folder speaks on this channel.
      hear(telling as Telling);
    });
    begun.on('error', (cause) => {
      log.fault('voice-process', cause);
      // What a machine had no room for never tells that it has ended.
      if (begun.pid === undefined) ended(null, null);
    });
    begun.once('exit', ended);
  };

  const begin = (): void => {
    const begunAt = performance.now();
    child = forked();
    if (!child) died(begunAt, null, null);
    else listenTo(child, begunAt);
    send({ do: 'trust', certificates: [...tls.getCACertificates('default'), ...certificates] });
  };

  const ask = (line: number, question: Question): Promise<unknown> => {
    if (!lines.has(line)) return Promise.resolve(undefined);
    const { promise, resolve } = Promise.withResolvers<unknown>();
    number += 1;
    answers.set(number, { line, resolve });
    send({ do: 'ask', line, request: number, question });
    return promise;
  };

  const lineOf = (line: number): OpenLine => ({
    hear: (what, packet) => send({ do: 'hear', line, what, packet }),
    note: (noting) => send({ do: 'note', line, noting }),
    play: (play) => send({ do: 'play', line, play }),
    // The process answers each question in its own form.
    ask: (question) => ask(line, question) as Promise<undefined>,
    close: () => {
      forget(line);
      send({ do: 'close', line });
    },
  });

  return {
    open: (guildId, channelId, ears) => {
      if (stopped || (!child && performance.now() < restsUntil)) return undefined;
      if (!child) begin();
      if (!child) return undefined;
      number += 1;
      const line = number;
      lines.set(line, ears);
      send({ do: 'open', line, guildId, channelId });
      return lineOf(line);
    },
    stop: async () => {
      stopped = true;
      for (const line of [...lines.keys()]) forget(line);
      if (child?.pid === undefined) return;
      const ended = new Promise((resolve) => child?.once('exit', resolve));
      const timer = setTimeout(() => child?.kill('SIGKILL'), PATIENCE);
      if (child.connected) child.disconnect();
      await ended;
      clearTimeout(timer);
    },
  };
};
