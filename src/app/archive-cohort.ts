/** Ends a cohort: its members leave the rooms, and its staff may still read them. */
import { isModerated } from '../core/auto-moderation.ts';
import type { Cohort } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { bringAll } from './bring-all.ts';
import { endCalendar } from './end-schedule.ts';
import { leaveIndividuals } from './leave-individuals.ts';

/** The cohort, when it can be archived: refused while a session is unfinished, and when it has been archived already. */
export const archivable = async (records: Records, cohortId: string): Promise<Outcome<Cohort>> => {
  const active = await activeCohort(records, cohortId);
  if (!active.ok) return active;
  return (await records.sessions.unfinished(cohortId)) ? refuse({ code: 'session-in-progress' }) : active;
};

/** Archives, when it can be archived. */
export const archiveCohort = (world: World, cohortId: string): Promise<Outcome<Cohort>> =>
  world.store.change(async (records) => {
    const active = await archivable(records, cohortId);
    if (!active.ok) return active;
    const archived: Cohort = { ...active.value, state: 'archived' };
    await records.cohorts.save(archived);
    await endCalendar(world, { records, cohort: archived, now: world.clock.now() });
    await leaveIndividuals(world, records, archived, {});
    await bringAll(records, cohortId);
    await records.jobs.enqueue({ name: 'bring-events', cohortId });
    if (isModerated(active.value)) await records.jobs.enqueue({ name: 'bring-auto-moderation', cohortId });
    return allow(archived);
  });
