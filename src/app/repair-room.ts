/** Answers a change that somebody made to a channel by hand. */
import { allow } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';
import { bringAll } from './bring-all.ts';

/** Asks that the cohort be brought to what it ought to be, when the channel is one of its rooms. */
export const repairRoom = async (world: World, channelId: string): Promise<void> => {
  const cohort = await world.store.records.cohorts.byChannel(channelId);
  if (!cohort) return;
  await world.store.change(async (records) => {
    await bringAll(records, cohort.id);
    return allow(null);
  });
};
