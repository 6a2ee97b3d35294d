/** Ends the cycle of a cohort: its schedule ends with it, its roster is open, and what was signed stays kept. */
import type { Cohort } from '../core/cohort.ts';
import { type Cycle, runningCycle } from '../core/cycle.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { bringAll } from './bring-all.ts';
import { endCalendar } from './end-schedule.ts';
import { tellCycle } from './tell-cycle.ts';
import { tellOfPlace } from './tend-waitlist.ts';

export interface CycleEnd {
  readonly cohort: Cohort;
  readonly cycle: Cycle;
}

/** What would end; refused when none goes on, and while a session does. */
export const endableCycle = async (records: Records, cohortId: string): Promise<Outcome<CycleEnd>> => {
  const cohort = await activeCohort(records, cohortId);
  if (!cohort.ok) return cohort;
  const cycle = runningCycle(await records.cycles.ofCohort(cohortId));
  if (!cycle) return refuse({ code: 'no-cycle' });
  if (await records.sessions.unfinished(cohortId)) return refuse({ code: 'session-in-progress' });
  return allow({ cohort: cohort.value, cycle });
};

/** Ends it. The rooms stay open to those who are in them; no session is opened before the next cycle has begun. */
export const endCycle = (
  world: World,
  { cohortId, by }: { readonly cohortId: string; readonly by: string },
): Promise<Outcome<CycleEnd>> =>
  world.store.change<CycleEnd>(async (records) => {
    const found = await endableCycle(records, cohortId);
    if (!found.ok) return found;
    const { cohort, cycle } = found.value;
    const now = world.clock.now();
    const { begunAt: _over, ...open } = cohort;
    await records.cohorts.save(open);
    await records.cycles.end(cycle.id, { by, at: now });
    await endCalendar(world, { records, cohort: { ...open, version: open.version + 1 }, now });
    const { number } = cycle;
    await tellCycle(world, records, cohortId, ['group', 'staff'], { kind: 'cycle-ended', number });
    await tellOfPlace(world, records, cohortId);
    await bringAll(records, cohortId);
    await records.jobs.enqueue({ name: 'bring-events', cohortId });
    return found;
  });
