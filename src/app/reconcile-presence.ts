/** Makes presence true again after a time in which Hearth may not have seen it: a start, a reconnect. */
import { allow } from '../core/outcome.ts';
import type { InProgress } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { followIndividuals } from './individual-presence.ts';
import { roomsSeen } from './rooms-seen.ts';
import { writePresence } from './write-presence.ts';

const reconcileCohort = async (
  world: World,
  cohortId: string,
  lastObserved: Date | undefined,
): Promise<void> => {
  await world.store.change(async (records) => {
    const [cohort, session] = [
      await records.cohorts.byId(cohortId),
      await records.sessions.unfinished(cohortId),
    ];
    if (!cohort || !session) return allow(null);
    const now = world.clock.now();
    await writePresence(world, records, { cohort, sessionId: session.id, lastObserved, now });
    await records.jobs.enqueue({ name: 'bring-boards', cohortId });
    return allow(null);
  });
};

/**
 * Looks at every voice room of a server that has a session, and remembers that the server was seen. While it cannot be
 * seen nothing is written: the gap is still going on.
 */
export const reconcilePresence = async (world: World, guildId: string): Promise<void> => {
  const { sessions, individualSessions, presences } = world.store.records;
  const isHere = (each: InProgress): boolean => each.guildId === guildId;
  const here = (await sessions.inProgress()).filter(isHere);
  const individuals = (await individualSessions.inProgress()).filter(isHere);
  if (!(await roomsSeen(world, [...here, ...individuals]))) return;
  const lastObserved = await presences.lastObserved(guildId);
  for (const { cohortId } of here) await reconcileCohort(world, cohortId, lastObserved);
  for (const { cohortId } of individuals) await followIndividuals(world, cohortId, { lastObserved });
  await presences.observed(guildId, world.clock.now());
};
