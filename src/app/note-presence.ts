/** Notes that somebody came into a voice room or left it. */
import { allow } from '../core/outcome.ts';
import { observedUntil } from '../core/presence.ts';
import type { World } from '../ports/world.ts';
import { meetingsNear } from './gather-lobbies.ts';
import { writePresence } from './write-presence.ts';

/** Before a session nothing is written; the lobby, where one stands, shows who has come. */
const noteInLobby = async ({ store, clock }: World, cohortId: string): Promise<void> => {
  const near = await meetingsNear(store.records, cohortId, clock.now());
  if (!near.some(({ state }) => state === 'planned')) return;
  await store.change(async ({ jobs }) => {
    await jobs.enqueue({ name: 'bring-boards', cohortId });
    return allow(null);
  });
};

/** Compares who is in the room with what is written; a room that is no cohort's is left alone. */
export const notePresence = async (
  world: World,
  room: { readonly guildId: string; readonly channelId: string },
): Promise<void> => {
  const cohort = await world.store.records.cohorts.byChannel(room.channelId);
  if (!cohort) return;
  if (!(await world.store.records.sessions.unfinished(cohort.id))) return noteInLobby(world, cohort.id);
  await world.store.change(async (records) => {
    const session = await records.sessions.unfinished(cohort.id);
    if (!session) return allow(null);
    const now = world.clock.now();
    // The first change after a reconnect may be told before anything else: the gap before it was not seen.
    const lastObserved = observedUntil(await records.presences.lastObserved(cohort.guildId), now);
    const written = await writePresence(world, records, {
      cohort,
      sessionId: session.id,
      lastObserved,
      now,
    });
    if (written) await records.jobs.enqueue({ name: 'bring-boards', cohortId: cohort.id });
    return allow(null);
  });
};
