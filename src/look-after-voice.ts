/** Looks after the voice of the servers that this process sees: when it is told of a change, and from time to time. */
import type { Clock as Time } from 'pg-boss';
import { startHeartbeat } from './adapters/jobs/heartbeat.ts';
import { listenForVoice } from './adapters/postgres/signals.ts';
import { bringVoice, type Chimed, serversWithVoice } from './app/bring-voice.ts';
import { noteEncryption } from './app/note-encryption.ts';
import { noteTalk } from './app/note-talk.ts';
import { type InOrder, inOrder } from './in-order.ts';
import type { Log } from './ports/log.ts';
import type { VoiceHooks } from './ports/voice.ts';
import type { World } from './ports/world.ts';

/** Seconds between two looks, for what was not heard of. */
const EVERY_SECONDS = 15;

/** Something about the voice of a server may have changed. */
export type Watch = (guildId: string) => void;

interface Watching {
  readonly look: Watch;
  stop(): Promise<void>;
}

interface Watched {
  readonly world: World;
  readonly databaseUrl: string;
  readonly time?: Time;
  /** Leaves every call: whatever goes on in one ends with it. */
  leave(): Promise<void>;
}

/** What calls tell of is kept, in the order of each server. */
export const voiceHooks = (log: Log, world: () => World): VoiceHooks & Pick<InOrder, 'done'> => {
  const { next, done } = inOrder(log);
  return {
    encryptionChanged: (guildId, channelId, encryption) =>
      void next(guildId, 'encryption', () => noteEncryption(world(), { channelId, encryption })),
    spoke: (guildId, channelId, utterance) =>
      void next(guildId, 'talk', () => noteTalk(world(), { channelId, utterance })),
    done,
  };
};

/**
 * Begins to look. What is waited for in a call must not hold up what is seen of a server, so that it has an order of its
 * own; a server that waits for its turn already is not put in the queue a second time.
 */
export const lookAfterVoice = ({ world, databaseUrl, time, leave }: Watched): Watching => {
  const { next, done } = inOrder(world.log);
  const [waiting, inCalls] = [new Set<string>(), new Set<string>()];
  const chimed: Chimed = new Map();
  const bring = async (guildId: string): Promise<void> => {
    waiting.delete(guildId);
    const { outcome, goOn } = await bringVoice(world, guildId, chimed);
    void next(`${guildId} in the call`, 'voice', goOn);
    if (outcome.did === 'left') inCalls.delete(guildId);
    else inCalls.add(guildId);
  };
  const look: Watch = (guildId) => {
    if (!world.presence.sees(guildId) || waiting.has(guildId)) return;
    waiting.add(guildId);
    void next(guildId, 'voice', () => bring(guildId));
  };
  const listening = listenForVoice(databaseUrl, world.log, look);
  const beat = startHeartbeat({ seconds: EVERY_SECONDS, log: world.log, ...(time && { time }) }, async () => {
    for (const guildId of new Set([...(await serversWithVoice(world)), ...inCalls])) look(guildId);
  });
  const stop = async (): Promise<void> => {
    await beat.stop();
    await listening.stop();
    await leave();
    await done();
  };
  return { look, stop };
};
