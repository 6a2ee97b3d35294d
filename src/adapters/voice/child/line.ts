/** One attempt to be in a call: what is heard and played there, from the opening to the loss. */
import { EndBehaviorType } from '@discordjs/voice';
import type { Answers, Question, SentPlay, SentSound } from '../messages.ts';
import { type Source, sourceOfPackets, sourceOfRecording, sourceOfScore } from '../sound/source.ts';
import { type Connection, type ConnectionHooks, openConnection } from './connection.ts';
import { openEar } from './ear.ts';
import { groupOf } from './group.ts';
import { openPlayer } from './player.ts';
import { noteSpeaking, type Spoke } from './speaking.ts';

export interface LineHooks extends ConnectionHooks {
  readonly spoke: Spoke;
}

export interface Line extends Pick<Connection, 'voice' | 'hear'> {
  note(noting: boolean): void;
  play(play: SentPlay | undefined): void;
  /** Undefined when there is no answer any more. */
  ask(question: Question): Promise<Answers[keyof Answers] | undefined>;
  close(): void;
}

const sourceOf = (sound: SentSound): Source | undefined =>
  sound.kind === 'score' ? sourceOfScore(sound.score) : sourceOfRecording(sound.bytes);

/** Milliseconds in which any number of calls is one. */
const AT_ONCE = 100;

const seldom = (tell: () => void): (() => void) => {
  let waits = false;
  const now = (): void => {
    waits = false;
    tell();
  };
  return () => {
    if (!waits) setTimeout(now, AT_ONCE);
    waits = true;
  };
};

/** Opens a line, deaf until Discord says otherwise. */
export const openLine = (guildId: string, channelId: string, hooks: LineHooks): Line => {
  const { voice, hear, close } = openConnection(guildId, channelId, {
    ...hooks,
    stirred: seldom(hooks.stirred),
  });
  const isClear = (): boolean => {
    const group = groupOf(voice);
    return group !== undefined && (group.version === 0 || group.ready);
  };
  const ear = openEar({
    subscribe: (account) => voice.receiver.subscribe(account, { end: { behavior: EndBehaviorType.Manual } }),
    isClear,
  });
  const player = openPlayer({
    send: (packet) => {
      try {
        // The very bytes, not a copy: whoever empties them has emptied all that there is.
        voice.playOpusPacket(Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength));
      } catch (cause) {
        hooks.failed(cause);
      }
    },
    rest: () => void voice.setSpeaking(false),
  });
  const speaking = noteSpeaking(voice.receiver.speaking, hooks.spoke);

  const play: Line['play'] = (sent) => {
    const source = sent && (player.has(sent.id) ?? (sent.sound && sourceOf(sent.sound)));
    player.bring(sent && source && { ...sent, source });
  };

  const playBack = async (): Promise<boolean> => {
    const played = await player.once(sourceOfPackets(ear.packets()));
    ear.forget();
    return played;
  };

  const ask: Line['ask'] = async (question) => {
    switch (question.about) {
      case 'group':
        return groupOf(voice);
      case 'verification':
        return voice.getVerificationCode(question.account).catch(() => undefined);
      case 'once':
        return player.once(sourceOfScore(question.score));
      case 'listen':
        return ear.listen(question.account, question.forMs);
      case 'playBack':
        return playBack();
      case 'forget':
        player.hush();
        ear.forget();
        return true;
    }
  };

  return {
    voice,
    hear,
    note: speaking.note,
    play,
    ask,
    close: () => {
      speaking.note(false);
      player.stop();
      ear.forget();
      close();
    },
  };
};
