/** One server's call: whatever was wished last is brought about there. */
import type { CallEncryption } from '../../core/encryption.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { CallOutcome, DesiredCall, VoiceHooks } from '../../ports/voice.ts';
import { encryptionOf } from './encryption-of.ts';
import { type Seat, type SeatParts, takeSeat } from './seat.ts';
import { startSoundOut } from './sound-out.ts';
import type { OpenLine } from './voice-process.ts';
import { watchEncryption } from './watch-encryption.ts';

export interface CallParts extends SeatParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly hooks: VoiceHooks;
}

export interface Call extends Pick<Seat, 'line' | 'hear'> {
  readonly channelId: string;
  /** In this very room. Resolves when it is so, or when it is known that it is not so yet. */
  bring(desired: DesiredCall): Promise<CallOutcome>;
  encryption(): Promise<CallEncryption>;
  /** Somebody came or went. */
  changed(): void;
  /** Hears whatever is wished, until it is told otherwise. */
  hearken(hearing: boolean): Promise<void>;
  /** Called once, when it is not in the call any more, or is to play something else. */
  disturbed(tell: () => void): void;
  /** Leaves the line; the gateway is not asked. */
  end(): void;
}

/** Begins to be in that room, as is wished first. */
export const startCall = (parts: CallParts, first: DesiredCall): Call => {
  const { guildId, channelId, gateway, asking, clock, log, hooks } = parts;
  const soundOut = startSoundOut(log);
  let wish = { ...first, at: performance.now() };
  let hearing = false;
  let deaf = true;
  let outcome: CallOutcome | undefined;
  let waiting: ((outcome: CallOutcome) => void)[] = [];
  let disturb: (() => void) | undefined;

  const settle = (now: CallOutcome): void => {
    outcome = now;
    for (const tell of waiting) tell(now);
    waiting = [];
  };

  const disturbs = (): void => {
    disturb?.();
    disturb = undefined;
  };

  const shouldBeDeaf = (): boolean => !hearing && !wish.notesSpeaking;

  const bringEars = async (): Promise<void> => {
    const wanted = shouldBeDeaf();
    if (deaf === wanted) return;
    deaf = wanted;
    const asked = await asking.ask(guildId, { channelId, deaf }, false);
    // Discord was not asked, and hears of it at the next wish; unless something else was asked instead by now.
    if (!asked && deaf === wanted) deaf = !wanted;
  };

  const bringAbout = async (line: OpenLine): Promise<void> => {
    line.note(wish.notesSpeaking);
    await bringEars();
    await soundOut.bring(line, () => (seat.line() === line ? wish : undefined));
  };

  const encryption = async (): Promise<CallEncryption> =>
    outcome?.did === 'failed' && outcome.why === 'sent-away'
      ? { state: 'sent-away' }
      : encryptionOf(await seat.line()?.ask({ about: 'group' }), gateway.present(guildId, channelId));

  const watch = watchEncryption({
    look: encryption,
    changed: (encrypted) => hooks.encryptionChanged(guildId, channelId, encrypted),
    stands: () => seat.line() !== undefined,
    stuck: () => seat.renew(),
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
      return outcome ?? new Promise((resolve) => void waiting.push(resolve));
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
