/** Who is in a voice room and what they show, and what one can do in a call oneself. */
import type { Room } from '../../people/sight.ts';
import { Avatar } from './avatar.tsx';
import { useClient } from './hooks.ts';
import { Icon, type IconName } from './icons.tsx';
import { SoundControls } from './sound/controls.tsx';
import { useSpeaking } from './state.ts';
import { nameOf, ownVoice } from './view.ts';
import type { VoiceState } from './wire.ts';

const VOICE_STATE = 4;

type Mark = readonly [icon: IconName, words: string];

const MARKS: readonly (readonly [(state: VoiceState) => boolean, ...Mark])[] = [
  [({ mute }) => mute, 'mic-off', 'muted by a moderator'],
  [({ mute, self_mute }) => self_mute && !mute, 'mic-off', 'muted'],
  [({ deaf }) => deaf, 'ear-off', 'deafened by a moderator'],
  [({ deaf, self_deaf }) => self_deaf && !deaf, 'ear-off', 'deafened'],
  [({ suppress }) => suppress, 'mic-off', 'may not speak'],
  [({ self_video }) => self_video, 'camera', 'camera on'],
];

const SPEAKING: Mark = ['wave', 'speaking'];

const marksOf = (state: VoiceState, speaks: boolean): readonly Mark[] => [
  ...(speaks ? [SPEAKING] : []),
  ...MARKS.flatMap(([holds, icon, words]): Mark[] => (holds(state) ? [[icon, words]] : [])),
];

/** Everybody in a voice room, each with what they show in words. */
export const InCall = ({ room }: { readonly room: Room }) => {
  const { view } = useClient();
  const speaking = useSpeaking();
  const states = [...(view.servers.get(room.guildId ?? '')?.voice.values() ?? [])].filter(
    ({ channel_id }) => channel_id === room.id,
  );
  if (states.length === 0) return null;
  return (
    <ul class="in-call">
      {states.map((state) => {
        const name = nameOf(view, state.user_id, room.guildId);
        const speaks = speaking.includes(state.user_id);
        return (
          <li key={state.user_id} class={speaks ? 'speaks' : ''}>
            <Avatar name={name} id={state.user_id} />
            <span>{name}</span>
            {marksOf(state, speaks).map(([icon, words]) => (
              <span key={words} class="mark">
                <Icon name={icon} />
                {words}
              </span>
            ))}
          </li>
        );
      })}
    </ul>
  );
};

const SHOWN = { self_mute: false, self_deaf: false, self_video: false };

/** Joins a voice room, or leaves with null; what one shows stays as it was unless told. */
const useVoice = () => {
  const { view, send } = useClient();
  const own = ownVoice(view);
  const set = (guildId: string, channelId: string | null, change: Partial<typeof SHOWN> = {}): void => {
    const { self_mute, self_deaf, self_video } = own ?? SHOWN;
    const shown = { self_mute, self_deaf, self_video, ...change };
    send(VOICE_STATE, { guild_id: guildId, channel_id: channelId, ...shown });
  };
  return { own, set };
};

/** Joins the call of a room, or leaves it. */
export const JoinButton = ({ room }: { readonly room: Room }) => {
  const { own, set } = useVoice();
  const isIn = own?.channel_id === room.id;
  return (
    <button
      type="button"
      class={isIn ? 'button danger' : 'button success'}
      onClick={() => set(room.guildId ?? '', isIn ? null : room.id)}
    >
      {isIn ? 'Leave the call' : 'Join the call'}
    </button>
  );
};

/** The sound of a room in which one is; it stands at the side where there is place for that. */
export const RoomSound = ({ room }: { readonly room: Room }) => {
  const own = ownVoice(useClient().view);
  return own?.channel_id === room.id ? <SoundControls own={own} /> : null;
};

/** What one can do while one is in a call. */
export const CallControls = () => {
  const { view } = useClient();
  const { own, set } = useVoice();
  if (!own?.channel_id) return null;
  const { guild_id, channel_id } = own;
  const toggle = (name: keyof typeof SHOWN, words: string) => (
    <button
      type="button"
      class="button secondary"
      aria-pressed={own[name]}
      onClick={() => set(guild_id, channel_id, { [name]: !own[name] })}
    >
      {words}
    </button>
  );
  return (
    <section class="call" aria-label="Your call">
      <p>
        <Icon name="sound" /> In {view.sight.rooms.get(channel_id)?.name ?? 'a call'}
      </p>
      <div class="row">
        {toggle('self_mute', 'Mute')}
        {toggle('self_deaf', 'Deafen')}
        {toggle('self_video', 'Camera')}
        <button type="button" class="button danger" onClick={() => set(guild_id, null)}>
          Leave
        </button>
      </div>
      <SoundControls own={own} />
    </section>
  );
};
