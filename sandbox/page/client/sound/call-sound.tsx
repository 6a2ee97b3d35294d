/** The sound of the call in which one is, for every part of a window: nothing is heard or sent before it is asked for. */
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useRef } from 'preact/hooks';
import { useClient } from '../hooks.ts';
import { ownVoice } from '../view.ts';
import { mayNotSpeak, type VoiceState } from '../wire.ts';
import { useHeard } from './heard.ts';
import { openLine } from './line.ts';
import { openLoudspeaker } from './loudspeaker.ts';
import { canSpeak, openMicrophone, whyNoMicrophone } from './microphone.ts';
import { type Switch, useSwitch } from './switch.ts';

type Sound = {
  readonly listening: Switch;
  readonly microphone: Switch;
  /** The ids of those who are heard now, while one listens. */
  readonly heard: readonly string[];
};

const LOST = 'The line to the call broke off.';
const CANNOT_PLAY = 'This browser cannot play a call. Who speaks is told beside their name.';
const CANNOT_SPEAK = 'This browser cannot send a microphone.';
const TONE_INSTEAD = '“Speak for 5 seconds” sends a tone in its place.';

const nothing = (): void => undefined;

const useListening = (
  own: VoiceState | undefined,
  hear: (from: string, packet: Uint8Array) => void,
): Switch => {
  const { token } = useClient();
  return useSwitch(own !== undefined, async (over) => {
    const loudspeaker = await openLoudspeaker().catch(() => null);
    if (!loudspeaker) {
      over(CANNOT_PLAY);
      return nothing;
    }
    const packet = (from: string, bytes: Uint8Array<ArrayBuffer>): void => {
      hear(from, bytes);
      loudspeaker.play(from, bytes);
    };
    const line = openLine('hear', token, { packet, over: () => over(LOST) });
    return () => {
      line.close();
      loudspeaker.close();
    };
  });
};

const useMicrophone = (own: VoiceState | undefined): Switch => {
  const { token } = useClient();
  const isMuted = useRef(true);
  isMuted.current = own === undefined || mayNotSpeak(own);
  return useSwitch(own !== undefined, async (over) => {
    const fail = (why: string): (() => void) => {
      over(`${why} ${TONE_INSTEAD}`);
      return nothing;
    };
    if (!(await canSpeak().catch(() => false))) return fail(CANNOT_SPEAK);
    const line = openLine('speak', token, { packet: nothing, over: () => over(LOST) });
    try {
      const close = await openMicrophone({
        isMuted: () => isMuted.current,
        send: line.send,
        lost: () => over('The microphone is gone.'),
      });
      return () => {
        close();
        line.close();
      };
    } catch (error) {
      line.close();
      return fail(whyNoMicrophone(error));
    }
  });
};

const SoundContext = createContext<Sound | null>(null);

/** The sound of the call, for what stands in `CallSound`. */
export const useSound = (): Sound => {
  const sound = useContext(SoundContext);
  if (!sound) throw new Error('sound is asked for outside of a window');
  return sound;
};

/** Keeps it, wherever in the window it is turned on, for as long as one is in a call. */
export const CallSound = ({ children }: { readonly children: ComponentChildren }) => {
  const { view } = useClient();
  const own = ownVoice(view);
  const { heard, note } = useHeard();
  const listening = useListening(own, note);
  const microphone = useMicrophone(own);
  return <SoundContext.Provider value={{ listening, microphone, heard }}>{children}</SoundContext.Provider>;
};
