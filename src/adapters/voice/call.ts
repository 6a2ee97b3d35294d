/** One server's call: whatever was wished last is brought about there. */

import type { CallEncryption } from '../../core/encryption.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { CallOutcome, DesiredCall, Play, VoiceHooks } from '../../ports/voice.ts';
import { encryptionOf } from './encryption-of.ts';
import type { SentPlay } from './messages.ts';
import { type Seat, type SeatParts, takeSeat } from './seat.ts';
import type { OpenLine } from './voice-process.ts';
import { type EncryptionWatch, watchEncryption } from './watch-encryption.ts';

export interface CallParts extends SeatParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly hooks: VoiceHooks;
}

export interface Call extends Pick<Seat, 'line' | 'hear'> {
  readonly channelId: string;
  /** Resolves when it is so, or when it is known that it is not so yet. */
  bring(desired: DesiredCall): Promise<CallOutcome>;
  encryption(): Promise<CallEncryption>;
  /** Somebody came or went. */
  changed(): void;
  /** Hears, whatever is wished, until it is told otherwise. */
  hearken(hearing: boolean): Promise<void>;
  /** Called once, when it is not in the call any more, or is to play something else. */
  disturbed(tell: () => void): void;
  end(): void;
}

/** A wish, and the moment at which it was true, on a clock that never goes back. */
interface Wish extends DesiredCall {
  readonly at: number;
}

const positionMs = ({ state, positionMs: begun }: Play, at: number): number =>
  state === 'playing' ? begun + (performance.now() - at) : begun;

export const startCall = (parts: CallParts, first: DesiredCall): Call => {
  const { guildId, channelId, gateway, asking, clock, log, hooks } = parts;
  let wish: Wish = { ...first, at: performance.now() };
  let hearing = false;
  let deaf = true;
  let outcome: CallOutcome | undefined;
  let sentTo: { readonly line: OpenLine; readonly id: string } | undefined;
  let waiting: ((outcome: CallOutcome) => void)[] = [];
  let disturb: (() => void) | undefined;

  const settle = (now: CallOutcome): CallOutcome => {
    outcome = now;
    for (const tell of waiting) tell(now);
    waiting = [];
    return now;
  };

  const disturbs = (): void => {
    disturb?.();
    disturb = undefined;
  };

  const shouldBeDeaf = (): boolean => !hearing && !wish.notesSpeaking;

  const bringEars = async (): Promise<void> => {
    if (deaf === shouldBeDeaf()) return;
    deaf = shouldBeDeaf();
    await asking.ask(guildId, [{ channelId, deaf }], false);
  };

  const soundOf = async ({ sound }: Play): Promise<SentPlay['sound']> => {
    if (sound.kind === 'score') return sound;
    const bytes = await sound
      .load()
      .catch((cause: unknown) => void log.fault('voice-sound', cause, { guildId }));
    return bytes && { kind: 'recording', bytes };
  };

  const bringPlay = async (line: OpenLine): Promise<void> => {
    const { plays } = wish;
    if (!plays) return line.play(undefined);
    const known = sentTo?.line === line && sentTo.id === plays.id;
    const sound = known ? undefined : await soundOf(plays);
    // Loading takes its time, and something else may be wished by now.
    if (seat.line() !== line || wish.plays?.id !== plays.id) return;
    if (sound) sentTo = { line, id: plays.id };
    const { id, state } = wish.plays;
    line.play({ id, state, positionMs: positionMs(wish.plays, wish.at), ...(sound && { sound }) });
  };

  const bringAbout = async (line: OpenLine): Promise<void> => {
    line.note(wish.notesSpeaking);
    await bringEars();
    await bringPlay(line);
  };

  const encryption = async (): Promise<CallEncryption> => {
    const group = await seat.line()?.ask({ about: 'group' });
    return encryptionOf(group, gateway.present(guildId, channelId));
  };

  const watch: EncryptionWatch = watchEncryption({
    look: encryption,
    changed: (encrypted) => hooks.encryptionChanged(guildId, channelId, encrypted),
  });

  /** The process tells the machine's time, and Hearth's own clock may be turned. */
  const momentOf = (ms: number): Date => new Date(clock.now().getTime() - (Date.now() - ms));

  const seat: Seat = takeSeat(parts, {
    deaf: () => {
      deaf = shouldBeDeaf();
      return deaf;
    },
    taken: (line) => {
      void bringAbout(line);
      settle({ did: 'joined' });
      watch.stir();
    },
    failed: (why, code) => {
      log.warn('voice-lost', { guildId, why, code });
      settle({ did: 'failed', why });
      disturbs();
      watch.stir();
    },
    stirred: watch.stir,
    spoke: (account, fromMs, toMs) => {
      const utterance = { account, from: momentOf(fromMs), to: momentOf(toMs) };
      if (wish.notesSpeaking) hooks.spoke(guildId, channelId, utterance);
    },
  });

  return {
    channelId,
    line: seat.line,
    hear: seat.hear,
    encryption,
    changed: watch.stir,
    bring: async (desired) => {
      if (desired.plays && desired.plays.id !== wish.plays?.id) disturbs();
      wish = { ...desired, at: performance.now() };
      const line = seat.line();
      if (line) await bringAbout(line);
      if (line || outcome?.did === 'failed')
        return line ? settle({ did: 'joined' }) : (outcome ?? settle({ did: 'left' }));
      return new Promise((resolve) => void waiting.push(resolve));
    },
    hearken: async (hears) => {
      hearing = hears;
      if (seat.line()) await bringEars();
    },
    disturbed: (tell) => {
      disturb = tell;
    },
    end: () => {
      disturbs();
      seat.leave();
      watch.end();
      settle({ did: 'left' });
    },
  };
};
