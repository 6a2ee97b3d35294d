/** The voice of a process that has none: every wish is answered, and none comes true. */
import type { Voice } from '../../ports/voice.ts';

/** Never in any call. */
export const noVoice: Voice = {
  bring: async (_guildId, desired) => (desired ? { did: 'failed', why: 'off' } : { did: 'left' }),
  chime: async () => false,
  encryption: async () => ({ state: 'unknown' }),
  verification: async () => undefined,
  check: async () => ({ did: 'failed', why: 'not-in-call' }),
};
