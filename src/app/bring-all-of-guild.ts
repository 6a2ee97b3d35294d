/** Asks that all that stands of a server's cohorts be compared with what ought to stand, as after a start. */
import { allow } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';
import { bringAll } from './bring-all.ts';

/** Enqueues rooms, boards and events of every active cohort: of rooms and boards, what is as it ought to be costs no call. */
export const bringAllOfGuild = async (world: World, guildId: string): Promise<void> => {
  await world.store.change(async (records) => {
    for (const { id: cohortId } of await records.cohorts.ofGuild(guildId)) {
      await bringAll(records, cohortId);
      await records.jobs.enqueue({ name: 'bring-events', cohortId });
    }
    return allow(null);
  });
};
