/** Answers a change of an event in the server's calendar. */
import { allow } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';

/** Asks that the events of the cohort whose voice room it is be compared with what ought to stand. */
export const repairEvents = async (world: World, channelId: string): Promise<void> => {
  const cohort = await world.store.records.cohorts.byChannel(channelId);
  if (!cohort) return;
  await world.store.change(async ({ jobs }) => {
    await jobs.enqueue({ name: 'bring-events', cohortId: cohort.id });
    return allow(null);
  });
};
