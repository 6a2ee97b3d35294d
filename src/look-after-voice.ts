/** Looks after the voice of the servers that this process sees: when it is told of a change, and from time to time. */
import type { Clock as Time } from 'pg-boss';
import { startHeartbeat } from './adapters/jobs/heartbeat.ts';
import { listenForVoice } from './adapters/postgres/signals.ts';
import { bringVoice, serversWithVoice } from './app/bring-voice.ts';
import { inOrder } from './in-order.ts';
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
}

/**
 * Begins to look. What is waited for in a call must not hold up what is seen of a server, so that it has an order of its
 * own; a server that waits for its turn already is not put in the queue a second time.
 */
export const lookAfterVoice = ({ world, databaseUrl, time }: Watched): Watching => {
  const { next, done } = inOrder(world.log);
  const [waiting, inCalls] = [new Set<string>(), new Set<string>()];
  const bring = async (guildId: string): Promise<void> => {
    waiting.delete(guildId);
    const { outcome, lasting } = await bringVoice(world, guildId);
    void next(`${guildId} lasting`, 'voice', () => lasting);
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
    await done();
  };
  return { look, stop };
};
