/** The heartbeat of presence: remembers until when the voice rooms of running sessions have been seen. */
import type { World } from '../ports/world.ts';
import { roomsSeen } from './rooms-seen.ts';

/** Notes, for every server in which a session is going on and whose rooms are seen, that they are seen at this moment. */
export const observe = async (world: Pick<World, 'store' | 'clock' | 'presence'>): Promise<void> => {
  const { sessions, individualSessions, presences } = world.store.records;
  const inProgress = [...(await sessions.inProgress()), ...(await individualSessions.inProgress())];
  const byServer = Map.groupBy(inProgress, ({ guildId }) => guildId);
  for (const [guildId, cohorts] of byServer) {
    if (await roomsSeen(world, cohorts)) await presences.observed(guildId, world.clock.now());
  }
};
