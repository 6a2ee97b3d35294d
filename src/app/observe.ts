/** The heartbeat of presence: remembers until when the voice rooms of running sessions have been seen. */
import type { InProgress } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { roomsSeen } from './rooms-seen.ts';

/** Does something about a server when it is its turn. */
type InTurn = (guildId: string, work: () => Promise<void>) => Promise<void>;

/** Notes, for every server in which a session is going on and whose rooms are seen, that they are seen at this moment. */
export const observe = async (
  world: Pick<World, 'store' | 'clock' | 'presence'>,
  inTurn: InTurn = (_guildId, work) => work(),
): Promise<void> => {
  const { sessions, individualSessions, presences } = world.store.records;
  const inProgress = [...(await sessions.inProgress()), ...(await individualSessions.inProgress())];
  const byServer = Map.groupBy(inProgress, ({ guildId }) => guildId);
  const note = async (guildId: string, cohorts: readonly InProgress[]): Promise<void> => {
    if (await roomsSeen(world, cohorts)) await presences.observed(guildId, world.clock.now());
  };
  const noted = [...byServer].map(([guildId, cohorts]) => inTurn(guildId, () => note(guildId, cohorts)));
  await Promise.all(noted);
};
