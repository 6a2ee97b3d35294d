/** Brings what is wished to be played to the line, which gets each sound once. */
import type { Log } from '../../ports/log.ts';
import type { Play } from '../../ports/voice.ts';
import type { SentPlay } from './messages.ts';
import type { OpenLine } from './voice-process.ts';

/** What is wished, and the moment at which it was true, on a clock that never goes back. */
export interface PlayWish {
  readonly plays?: Play;
  readonly at: number;
}

const positionNow = ({ state, positionMs }: Play, at: number): number =>
  state === 'playing' ? positionMs + (performance.now() - at) : positionMs;

export interface SoundOut {
  /** `wish` tells what is wished now; undefined when this line is no more. */
  bring(line: OpenLine, wish: () => PlayWish | undefined): Promise<void>;
}

/** No line has any sound yet. */
export const startSoundOut = (log: Log): SoundOut => {
  let known: { readonly line: OpenLine; readonly id: string } | undefined;

  const soundOf = async ({ id, sound }: Play): Promise<SentPlay['sound']> => {
    if (sound.kind === 'score') return sound;
    try {
      const bytes = await sound.load();
      return bytes && { kind: 'recording', bytes };
    } catch (cause) {
      log.fault('voice-sound', cause, { id });
      return undefined;
    }
  };

  return {
    bring: async (line, wish) => {
      const plays = wish()?.plays;
      if (!plays) return line.play(undefined);
      const isKnown = known?.line === line && known.id === plays.id;
      const sound = isKnown ? undefined : await soundOf(plays);
      // Loading takes its time, and something else may be wished by now.
      const now = wish();
      if (now?.plays?.id !== plays.id) return;
      if (sound) known = { line, id: plays.id };
      const { id, state } = now.plays;
      line.play({ id, state, positionMs: positionNow(now.plays, now.at), ...(sound && { sound }) });
    },
  };
};
