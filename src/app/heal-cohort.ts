/** Brings a cohort's rooms and boards again, as after a right was given back to Hearth. */
import { isModerated } from '../core/auto-moderation.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';
import { bringAll } from './bring-all.ts';

/** Asks that everything of the cohort be brought once more; harmless when nothing differs. */
export const healCohort = (world: World, cohortId: string): Promise<Outcome<null>> =>
  world.store.change(async (records) => {
    await bringAll(records, cohortId);
    await records.jobs.enqueue({ name: 'bring-events', cohortId });
    const cohort = await records.cohorts.byId(cohortId);
    if (cohort && isModerated(cohort)) {
      await records.jobs.enqueue({ name: 'bring-auto-moderation', cohortId });
    }
    return allow(null);
  });
