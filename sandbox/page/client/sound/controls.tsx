/** What can be done about the sound of one's call, and what comes of it, in words. */
import { useEffect, useState } from 'preact/hooks';
import { useClient } from '../hooks.ts';
import { actOn } from '../state.ts';
import { nameOf, type View } from '../view.ts';
import { mayNotSpeak, type VoiceState } from '../wire.ts';
import { useSound } from './call-sound.tsx';
import type { Switch } from './switch.ts';

type Own = { readonly own: VoiceState };

const NOBODY_CARRIES = 'Sound is carried while a bot is in the room, and none is here now.';
const MUTED = 'You are muted, so nothing is sent.';

const isBot = (view: View, guildId: string, id: string): boolean =>
  view.servers.get(guildId)?.members.get(id)?.user.bot === true;

/** Whether a bot is in the room, without which the sandbox has no call there. */
const isCarried = (view: View, { guild_id, channel_id }: VoiceState): boolean =>
  [...(view.servers.get(guild_id)?.voice.values() ?? [])].some(
    (state) => state.channel_id === channel_id && isBot(view, guild_id, state.user_id),
  );

type SwitchButtonProps = { readonly it: Switch; readonly words: string };

const SwitchButton = ({ it, words }: SwitchButtonProps) => (
  <button
    type="button"
    class="button secondary"
    aria-pressed={it.is === 'on'}
    aria-busy={it.is === 'coming'}
    onClick={it.press}
  >
    {words}
  </button>
);

const ToneButton = ({ own, onFailure }: Own & { readonly onFailure: (why: string | null) => void }) => {
  const { view } = useClient();
  const speak = async (): Promise<void> => {
    if (mayNotSpeak(own)) onFailure(MUTED);
    else if (!isCarried(view, own)) onFailure(NOBODY_CARRIES);
    else onFailure(await actOn('speak', { who: view.sight.userId }));
  };
  return (
    <button type="button" class="button secondary" onClick={() => void speak()}>
      Speak for 5 seconds
    </button>
  );
};

const Heard = ({ own }: Own) => {
  const { view } = useClient();
  const { heard } = useSound();
  if (own.deaf || own.self_deaf) return <p>You listen, but you are deafened and hear nothing.</p>;
  if (heard.length === 0) return <p>You listen. Nobody is heard now.</p>;
  const told = heard.map(
    (id) => `${nameOf(view, id, own.guild_id)} ${isBot(view, own.guild_id, id) ? 'plays' : 'speaks'}.`,
  );
  return <p>You hear: {told.join(' ')}</p>;
};

const MicrophoneWords = ({ own, is }: Own & Pick<Switch, 'is'>) => {
  if (is === 'coming') return <p>The browser asks whether your microphone may be used here.</p>;
  return <p>Your microphone is on. {mayNotSpeak(own) ? MUTED : 'What you say is sent while you speak.'}</p>;
};

/** They stand wherever one's call does. */
export const SoundControls = ({ own }: Own) => {
  const { view } = useClient();
  const { listening, microphone } = useSound();
  const [failure, setFailure] = useState<string | null>(null);
  // What was said of a call that is another one now is true no more.
  useEffect(() => setFailure(null), [own]);
  const isOn = listening.is === 'on' || microphone.is === 'on';
  const failures = [listening.why, microphone.why, failure].filter((why) => why !== null);
  return (
    <div class="sound">
      <div class="row">
        <SwitchButton it={listening} words="Listen" />
        <SwitchButton it={microphone} words="Speak with your microphone" />
        <ToneButton own={own} onFailure={setFailure} />
      </div>
      {listening.is === 'on' && <Heard own={own} />}
      {microphone.is !== 'off' && <MicrophoneWords own={own} is={microphone.is} />}
      {isOn && !isCarried(view, own) && <p>{NOBODY_CARRIES}</p>}
      {failures.map((why) => (
        <p key={why} class="failure" role="alert">
          {why}
        </p>
      ))}
    </div>
  );
};
