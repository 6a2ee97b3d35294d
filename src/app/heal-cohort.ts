/** Brings a cohort's rooms and boards again, as after a right was given back to Hearth. */
import { allow, type Outcome } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';
import { bringAll } from './bring-all.ts';

/** Asks that everything of the cohort be brought once more; harmless when nothing differs. */
export const healCohort = (world: World, cohortId: string): Promise<Outcome<null>> =>
  world.store.change(async (records) => {
    await bringAll(records, cohortId);
    await records.jobs.enqueue({ name: 'bring-events', cohortId });
    return allow(null);
  });
