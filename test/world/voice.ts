/** The voice of servers kept in memory, for use cases: what is wanted of it, and what a test says of the calls. */
import type { CallEncryption } from '../../src/core/encryption.ts';
import type { Reading } from '../../src/core/microphone.ts';
import type {
  CallOutcome,
  CheckOutcome,
  DesiredCall,
  MicrophoneCheck,
  Voice,
} from '../../src/ports/voice.ts';

export interface MemoryVoice extends Voice {
  /** What Hearth is wanted to do, by server. */
  readonly calls: Map<string, DesiredCall>;
  /** Chimes that were played, by the room. */
  readonly chimes: { readonly channelId: string; readonly lengthMs: number }[];
  /** Checks that were made. */
  readonly checks: MicrophoneCheck[];
  /** Encryption of a call, by its room; `on` with nobody outside when nothing is said. */
  readonly encrypted: Map<string, CallEncryption>;
  /** Why no call can be joined; none when they can. */
  failing: Extract<CallOutcome, { did: 'failed' }>['why'] | undefined;
  /** What the next checks hear. */
  hears: Reading | Extract<CheckOutcome, { did: 'failed' }>['why'];
}

const CODE = '123450678901234506789012345067';

/** Nobody in any call. */
export const memoryVoice = (): MemoryVoice => {
  const isIn = (guildId: string, channelId: string): boolean =>
    voice.calls.get(guildId)?.channelId === channelId && voice.failing === undefined;
  const voice: MemoryVoice = {
    calls: new Map(),
    chimes: [],
    checks: [],
    encrypted: new Map(),
    failing: undefined,
    hears: { heardMs: 5_000, dBFS: -24, peakDBFS: -12, clipped: 0 },
    bring: async (guildId, desired) => {
      if (!desired) {
        voice.calls.delete(guildId);
        return { did: 'left' };
      }
      voice.calls.set(guildId, desired);
      return voice.failing === undefined ? { did: 'joined' } : { did: 'failed', why: voice.failing };
    },
    chime: async (guildId, channelId, { lengthMs }) => {
      const heard = isIn(guildId, channelId) && voice.calls.get(guildId)?.plays === undefined;
      if (heard) voice.chimes.push({ channelId, lengthMs });
      return heard;
    },
    encryption: async (guildId, channelId) => {
      if (!isIn(guildId, channelId)) return { state: 'unknown' };
      return voice.encrypted.get(channelId) ?? { state: 'on', privacyCode: CODE, outside: [] };
    },
    verification: async (guildId, channelId, account) =>
      isIn(guildId, channelId) ? account.padStart(45, '0') : undefined,
    check: async (check) => {
      voice.checks.push(check);
      check.begun('listening');
      if (typeof voice.hears === 'string') return { did: 'failed', why: voice.hears };
      check.begun('playing-back');
      return { did: 'heard', reading: voice.hears, playedBack: true };
    },
  };
  return voice;
};
