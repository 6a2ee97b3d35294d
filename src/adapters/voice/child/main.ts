/**
 * The process that is in the calls. It knows nothing of Hearth, has no secret but the keys of the calls themselves, and
 * may end at any moment: the bot starts another and brings everything anew.
 */
import tls from 'node:tls';
import { ALIVE_EVERY, type Fault, type Order, type Telling } from '../messages.ts';
import { guardSockets } from './guard.ts';
import { type Line, openLine } from './line.ts';

const lines = new Map<number, Line>();

const tell = (telling: Telling, then: () => void = () => undefined): void =>
  void process.send?.(telling, undefined, undefined, then);

const faultOf = (where: Fault['where'], cause: unknown): Fault => {
  if (!(cause instanceof Error)) return { where, name: typeof cause, code: undefined, frames: '' };
  const frames = (cause.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const code: unknown = Reflect.get(cause, 'code');
  return {
    where,
    name: cause.name,
    code: typeof code === 'string' ? code : undefined,
    frames: frames.join('\n'),
  };
};

/** Milliseconds in which faults of one kind are told once: a storm of them is one thing to know. */
const TOLD_EVERY = 10_000;
const told = new Map<Fault['where'], number>();

const fail = (where: Fault['where'], cause: unknown): void => {
  const now = performance.now();
  if (now - (told.get(where) ?? Number.NEGATIVE_INFINITY) < TOLD_EVERY) return;
  told.set(where, now);
  tell({ tell: 'fault', fault: faultOf(where, cause) });
};

const drop = (number: number): void => {
  lines.get(number)?.close();
  lines.delete(number);
};

const open = ({ line, guildId, channelId }: Extract<Order, { do: 'open' }>): void => {
  const opened = openLine(guildId, channelId, {
    stands: (stage) => tell({ tell: stage, line }),
    lost: (code) => {
      drop(line);
      tell({ tell: 'lost', line, code });
    },
    stirred: () => tell({ tell: 'stirred', line }),
    spoke: (account, fromMs, toMs) => tell({ tell: 'spoke', line, account, fromMs, toMs }),
    failed: (cause) => fail('connection', cause),
  });
  lines.set(line, opened);
};

/** Whoever asks waits for an answer, and must have one also when there is none. */
const answer = async ({ line, request, question }: Extract<Order, { do: 'ask' }>): Promise<void> => {
  const given = await lines
    .get(line)
    ?.ask(question)
    .catch((cause: unknown) => fail('line', cause));
  tell({ tell: 'answer', request, answer: given });
};

const obey = (order: Order): void => {
  switch (order.do) {
    case 'trust':
      tls.setDefaultCACertificates([...order.certificates]);
      break;
    case 'open':
      open(order);
      break;
    case 'close':
      drop(order.line);
      break;
    case 'hear':
      lines.get(order.line)?.hear(order.what, order.packet);
      break;
    case 'note':
      lines.get(order.line)?.note(order.noting);
      break;
    case 'play':
      lines.get(order.line)?.play(order.play);
      break;
    case 'ask':
      void answer(order);
  }
};

setInterval(() => tell({ tell: 'alive' }), ALIVE_EVERY);
guardSockets((cause) => fail('socket', cause));
// Nobody but the bot that forked this process sends it anything.
process.on('message', (order) => {
  try {
    obey(order as Order);
  } catch (cause) {
    fail('line', cause);
  }
});
process.on('uncaughtException', (cause) =>
  tell({ tell: 'fault', fault: faultOf('process', cause) }, () => process.exit(1)),
);
// Signals for the whole group are the bot's to answer; without the bot there is nobody to be in a call for.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));
