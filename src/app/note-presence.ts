/** Notes that somebody came into a voice room or left it. */
import { allow } from '../core/outcome.ts';
import { countedAt, observedUntil } from '../core/presence.ts';
import { latest } from '../core/time.ts';
import type { World } from '../ports/world.ts';
import { meetingsNear } from './gather-lobbies.ts';
import { followIndividuals } from './individual-presence.ts';
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

/** Whoever comes in to test a microphone is what Hearth waits for there. */
const noteInCheck = async ({ store }: Pick<World, 'store'>, cohortId: string): Promise<void> => {
  await store.change(async ({ signals }) => {
    await signals.voiceOf(cohortId);
    return allow(null);
  });
};

/** Compares who is in the room with what is written, as told at `at`; a room that is no cohort's is left alone. */
export const notePresence = async (
  world: World,
  room: { readonly guildId: string; readonly channelId: string },
  at: Date = world.clock.now(),
): Promise<void> => {
  const ref = await world.store.records.roomRefs.byChannel(room.channelId);
  if (ref?.kind === 'one-to-one-voice')
    return followIndividuals(world, ref.cohortId, { number: ref.number, at });
  if (ref?.kind === 'check-voice') return noteInCheck(world, ref.cohortId);
  const cohort = ref && (await world.store.records.cohorts.byId(ref.cohortId));
  if (!cohort) return;
  if (!(await world.store.records.sessions.unfinished(cohort.id))) return noteInLobby(world, cohort.id);
  await world.store.change(async (records) => {
    const session = await records.sessions.unfinished(cohort.id);
    if (!session) return allow(null);
    const told = latest(at, session.startedAt);
    const now = countedAt(await records.presences.ofSession(session.id), told);
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
