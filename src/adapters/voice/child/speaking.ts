/** Notes when somebody's sound comes and goes, by the arrival of packets alone: nothing is decrypted or decoded. */
import { SpeakingMap } from '@discordjs/voice';

/** Milliseconds since 1970. */
export type Spoke = (account: string, fromMs: number, toMs: number) => void;

export interface SpeakingNotes {
  note(noting: boolean): void;
}

/** The end is told so much after the last packet. */
const TAIL = SpeakingMap.DELAY;

/** Tells of every stretch that begins while it is noted; one that lasts when the noting ends is told up to then. */
export const noteSpeaking = (speaking: SpeakingMap, spoke: Spoke): SpeakingNotes => {
  const since = new Map<string, number>();
  const tell = (account: string, toMs: number): void => {
    const fromMs = since.get(account);
    since.delete(account);
    if (fromMs !== undefined && toMs > fromMs) spoke(account, fromMs, toMs);
  };
  const begun = (account: string): void => void since.set(account, Date.now());
  const ended = (account: string): void => tell(account, Date.now() - TAIL);
  return {
    note: (noting) => {
      speaking.off('start', begun).off('end', ended);
      if (noting) speaking.on('start', begun).on('end', ended);
      else for (const account of [...since.keys()]) tell(account, Date.now());
    },
  };
};
