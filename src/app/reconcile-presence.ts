/** Makes presence true again after a time in which Hearth may not have seen it: a start, a reconnect. */
import { allow } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';
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

/** Looks at every voice room of a server that has a session, and remembers that the server was seen. */
export const reconcilePresence = async (world: World, guildId: string): Promise<void> => {
  const { sessions, presences } = world.store.records;
  const lastObserved = await presences.lastObserved(guildId);
  const here = (await sessions.inProgress()).filter((each) => each.guildId === guildId);
  for (const { cohortId } of here) await reconcileCohort(world, cohortId, lastObserved);
  if (here.length > 0) await presences.observed(guildId, world.clock.now());
};
