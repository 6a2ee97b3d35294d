/** Asks the gateway where the bot is to be, seldom enough: what is asked again after a failure, and everything together. */
import { MINUTE } from '../../core/time.ts';
import type { AskedState, VoiceGateway } from './gateway.ts';

/** Most sends of any minute: half of what Discord allows a connection for everything. */
const MOST = 60;
/** Most of them because something had failed. */
const MOST_AGAIN = 19;

interface Window {
  /** Milliseconds until one more may be sent; 0 when it may be now. */
  waits(now: number): number;
  spend(now: number): void;
}

/** Counts what was sent in the last minute; `now` in milliseconds of any clock that never goes back. */
export const startWindow = (most: number): Window => {
  let sent: number[] = [];
  return {
    waits: (now) => {
      sent = sent.filter((at) => at > now - MINUTE);
      const inTheWay = sent[sent.length - most];
      return inTheWay === undefined ? 0 : inTheWay + MINUTE - now;
    },
    spend: (now) => void sent.push(now),
  };
};

interface Asked {
  readonly state: AskedState;
  readonly again: boolean;
  done(sent: boolean): void;
}

export interface Asking {
  /**
   * Instead of what is still to be asked for this server. Resolves when it was sent: false when it could not be, or when
   * something else is asked instead.
   */
  ask(guildId: string, state: AskedState, again: boolean): Promise<boolean>;
  /** Asks for nothing any more. */
  stop(): void;
}

/** Nothing was asked yet. */
export const startAsking = (gateway: VoiceGateway): Asking => {
  const waiting = new Map<string, Asked>();
  const all = startWindow(MOST);
  const again = startWindow(MOST_AGAIN);
  let timer: NodeJS.Timeout | undefined;

  const waits = (asked: Asked, now: number): number =>
    Math.max(all.waits(now), asked.again ? again.waits(now) : 0);

  const send = (guildId: string, asked: Asked, now: number): void => {
    waiting.delete(guildId);
    all.spend(now);
    if (asked.again) again.spend(now);
    asked.done(gateway.ask(guildId, asked.state));
  };

  const sendAll = (): void => {
    clearTimeout(timer);
    const now = performance.now();
    for (const [guildId, asked] of waiting) if (waits(asked, now) === 0) send(guildId, asked, now);
    if (waiting.size === 0) return;
    timer = setTimeout(sendAll, Math.min(...[...waiting.values()].map((asked) => waits(asked, now))) + 1);
  };

  return {
    ask: (guildId, state, isAgain) => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      waiting.get(guildId)?.done(false);
      waiting.set(guildId, { state, again: isAgain, done: resolve });
      sendAll();
      return promise;
    },
    stop: () => {
      clearTimeout(timer);
      for (const { done } of waiting.values()) done(false);
      waiting.clear();
    },
  };
};
