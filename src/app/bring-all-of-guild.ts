/** Asks that all that stands of a server's cohorts be compared with what ought to stand, as after a start. */
import { allow } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';
import { bringAll } from './bring-all.ts';

/** Enqueues rooms and boards of every active cohort: what is as it ought to be costs no call. */
export const bringAllOfGuild = async (world: World, guildId: string): Promise<void> => {
  await world.store.change(async (records) => {
    for (const { id } of await records.cohorts.ofGuild(guildId)) await bringAll(records, id);
    return allow(null);
  });
};
