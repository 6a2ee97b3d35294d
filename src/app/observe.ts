/** The heartbeat of presence: remembers until when the voice rooms of running sessions have been seen. */
import { observedUntil } from '../core/presence.ts';
import type { World } from '../ports/world.ts';
import { reconcilePresence } from './reconcile-presence.ts';
import { roomsSeen } from './rooms-seen.ts';

/** Where notes have been missing, a new one would turn the gap into time that was seen: it is reconciled instead. */
const observeServer = async (world: World, guildId: string): Promise<void> => {
  const { presences } = world.store.records;
  const now = world.clock.now();
  const until = observedUntil(await presences.lastObserved(guildId), now);
  if (until?.getTime() === now.getTime()) await presences.observed(guildId, now);
  else await reconcilePresence(world, guildId);
};

/** Notes, for every server in which a session is going on and whose rooms are seen, that they are seen at this moment. */
export const observe = async (world: World): Promise<void> => {
  const inProgress = await world.store.records.sessions.inProgress();
  for (const [guildId, cohorts] of Map.groupBy(inProgress, (each) => each.guildId)) {
    if (await roomsSeen(world, cohorts)) await observeServer(world, guildId);
  }
};
