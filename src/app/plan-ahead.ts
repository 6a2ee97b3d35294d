/** The heartbeat of planning: finds the schedules whose meetings are not rows yet for the weeks ahead. */
import { allow } from '../core/outcome.ts';
import { after, DAY } from '../core/time.ts';
import type { World } from '../ports/world.ts';
import { planningHorizon } from './plan-occurrences.ts';

/** So many at one beat: what is left over is found by the next. */
const AT_ONE_BEAT = 500;

/** Asks that each be planned further, a day's worth at a time, so that a beat at which nothing is due asks one question. */
export const planAhead = async ({ store, clock }: Pick<World, 'store' | 'clock'>): Promise<void> => {
  const before = after(planningHorizon(clock.now()), -DAY);
  const due = await store.records.schedules.toPlan(before, AT_ONE_BEAT);
  if (due.length === 0) return;
  await store.change(async ({ jobs }) => {
    for (const { id: scheduleId, cohortId } of due) {
      await jobs.enqueue({ name: 'plan-occurrences', cohortId, scheduleId });
    }
    return allow(null);
  });
};
