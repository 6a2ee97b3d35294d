/** A microphone check: plays a prompt, listens to one person, plays the same back, and forgets it, however it ends. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckOutcome, MicrophoneCheck } from '../../ports/voice.ts';
import type { Call } from './call.ts';
import type { About, Answers, Question } from './messages.ts';
import type { OpenLine } from './voice-process.ts';

type Why = Extract<CheckOutcome, { did: 'failed' }>['why'];

/** Ends a check before its time. */
class Ended extends Error {
  readonly why: Why;
  constructor(why: Why) {
    super();
    this.why = why;
  }
}

/** Milliseconds that are listened to for nothing at the beginning: whoever speaks then may be lost. */
const SETTLING = 500;

export interface RunningCheck {
  readonly account: string;
  end(why: Why): void;
  readonly outcome: Promise<CheckOutcome>;
}

const steps = async (
  call: Call,
  line: OpenLine,
  { account, prompt, listenMs, begun }: MicrophoneCheck,
  over: Promise<never>,
): Promise<CheckOutcome> => {
  const ask = async <Of extends About>(question: Extract<Question, { about: Of }>): Promise<Answers[Of]> => {
    const answer = await Promise.race([line.ask<Of>(question), over]);
    if (answer === undefined) throw new Ended('interrupted');
    return answer;
  };
  if (!(await ask<'once'>({ about: 'once', score: prompt }))) throw new Ended('interrupted');
  await Promise.race([call.hearken(true), over]);
  const listened = ask<'listen'>({ about: 'listen', account, forMs: listenMs });
  await Promise.race([sleep(SETTLING), listened]);
  begun('listening');
  const reading = await listened;
  await call.hearken(false);
  if (reading.heardMs === 0) return { did: 'heard', reading, playedBack: false };
  begun('playing-back');
  return { did: 'heard', reading, playedBack: await ask<'playBack'>({ about: 'playBack' }) };
};

/** Runs a check on the line of this call. */
export const runCheck = (call: Call, line: OpenLine, check: MicrophoneCheck): RunningCheck => {
  const { promise: over, reject } = Promise.withResolvers<never>();
  over.catch(() => undefined);
  const end = (why: Why): void => reject(new Ended(why));
  const run = async (): Promise<CheckOutcome> => {
    try {
      return await steps(call, line, check, over);
    } catch (cause) {
      if (cause instanceof Ended) return { did: 'failed', why: cause.why };
      throw cause;
    } finally {
      await line.ask({ about: 'forget' });
      await call.hearken(false);
    }
  };
  call.disturbed(() => end('interrupted'));
  return { account: check.account, end, outcome: run() };
};
