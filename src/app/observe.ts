/** The heartbeat of presence: remembers until when the voice rooms of running sessions have been seen. */
import type { World } from '../ports/world.ts';
import { accountsPresent } from './write-presence.ts';

/** Servers in which a session is going on and whose rooms can be seen now. Those that cannot be are left as they are. */
const seenNow = async (world: World): Promise<ReadonlySet<string>> => {
  const { records } = world.store;
  const seen = new Set<string>();
  for (const { guildId, cohortId } of await records.sessions.inProgress()) {
    if (seen.has(guildId)) continue;
    if (await accountsPresent(world, records, { id: cohortId, guildId })) seen.add(guildId);
  }
  return seen;
};

/** Notes, for every server in which a session is going on, that its rooms are seen at this moment. */
export const observe = async (world: World): Promise<void> => {
  for (const guildId of await seenNow(world)) {
    await world.store.records.presences.observed(guildId, world.clock.now());
  }
};
