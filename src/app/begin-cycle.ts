/** Begins a cycle of a cohort: everybody signs again, and its roster is closed. */
import type { Cohort } from '../core/cohort.ts';
import { type Cycle, runningCycle, signsAgain } from '../core/cycle.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { lastDayOf } from '../core/schedule-wish.ts';
import { localDate } from '../core/zone.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { bringAll } from './bring-all.ts';
import { tellCycle } from './tell-cycle.ts';

export interface CycleWish {
  readonly cohortId: string;
  /** Length; eight, when neither is given. */
  readonly weeks?: number | undefined;
  /** Or the last day, as somebody wrote it. */
  readonly last?: string | undefined;
}

/** What would begin. */
export interface CyclePlan {
  readonly cohort: Cohort;
  readonly number: number;
  readonly lastDay: string;
  readonly signAgain: boolean;
  /** People on the roster, who will be the group. */
  readonly people: number;
}

/** What beginning would do; nothing is changed. Refused while another goes on, or a session. */
export const beginnable = async (
  { clock }: Pick<World, 'clock'>,
  records: Records,
  { cohortId, ...wish }: CycleWish,
): Promise<Outcome<CyclePlan>> => {
  const cohort = await activeCohort(records, cohortId);
  if (!cohort.ok) return cohort;
  const cycles = await records.cycles.ofCohort(cohortId);
  const running = runningCycle(cycles);
  if (running) return refuse({ code: 'cycle-runs', number: running.number });
  if (await records.sessions.unfinished(cohortId)) return refuse({ code: 'session-in-progress' });
  const today = localDate(clock.now(), cohort.value.zone);
  const lastDay = lastDayOf(wish, today);
  if (!lastDay.ok) return lastDay;
  if (lastDay.value < today) return refuse({ code: 'ends-before-it-begins' });
  return allow({
    cohort: cohort.value,
    number: cycles.length + 1,
    lastDay: lastDay.value,
    signAgain: signsAgain(cohort.value, cycles),
    people: (await records.memberships.roster(cohortId)).length,
  });
};

/** Begins it: a round of consent more, which closes the rooms to each until they have signed. */
export const beginCycle = (world: World, wish: CycleWish, by: string): Promise<Outcome<CyclePlan>> =>
  world.store.change<CyclePlan>(async (records) => {
    const plan = await beginnable(world, records, wish);
    if (!plan.ok) return plan;
    const { cohort, number, lastDay, signAgain } = plan.value;
    const now = world.clock.now();
    const consentRound = cohort.consentRound + (signAgain ? 1 : 0);
    await records.cohorts.save({ ...cohort, consentRound, begunAt: now });
    // Whoever waited to join the cycle before is one of the group that agrees to this one.
    const roster = await records.memberships.roster(cohort.id);
    await records.memberships.admit(roster.filter((each) => each.awaitsConsent).map(({ id }) => id));
    const cycle: Cycle = {
      id: world.ids.next(),
      cohortId: cohort.id,
      ...{ number, consentRound, lastDay },
      begunBy: by,
      begunAt: now,
    };
    await records.cycles.add(cycle);
    await tellCycle(world, records, cohort.id, ['staff'], { kind: 'cycle-begun', number, signAgain });
    await bringAll(records, cohort.id);
    return plan;
  });
