/** Whether this process sees who is in the voice rooms of a server: of a server that another one sees, it notes nothing. */
import type { InProgress } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { accountsPresent } from './write-presence.ts';

/** Of the cohorts given, all of one server: whether the voice room of any can be seen now. */
export const roomsSeen = async (
  world: Pick<World, 'presence' | 'store'>,
  cohorts: readonly InProgress[],
): Promise<boolean> => {
  for (const { cohortId, guildId } of cohorts) {
    if (!world.presence.sees(guildId)) return false;
    if (await accountsPresent(world, world.store.records, { id: cohortId, guildId })) return true;
  }
  return false;
};
