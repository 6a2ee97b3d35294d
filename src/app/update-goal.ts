/** Keeps how far somebody's goal has come. */
import type { Confidential } from '../core/confidential.ts';
import type { Goal, GoalUpdate, Level } from '../core/goal.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';

export interface Progress {
  /** Of the goal, as its person names it; undefined when what they wrote is no number. */
  readonly number: number | undefined;
  readonly level: Level;
  readonly note?: Confidential<string>;
}

/** Adds to the person's own goal; needs no session. Refused with `no-such-goal` when they have none of that number. */
export const updateGoal = (
  world: World,
  { cohortId, personId }: { readonly cohortId: string; readonly personId: string },
  { number, ...progress }: Progress,
): Promise<Outcome<Goal>> =>
  world.store.change<Goal>(async (records) => {
    const active = await activeCohort(records, cohortId);
    if (!active.ok) return active;
    const own = await records.goals.ofPerson(cohortId, personId);
    const goal = own.find((each) => each.number === number);
    if (!goal) return refuse({ code: 'no-such-goal' });
    const update: GoalUpdate = { ...progress, id: world.ids.next(), at: world.clock.now() };
    await records.goals.addUpdate(goal.id, update);
    return allow({ ...goal, updates: [...goal.updates, update] });
  });
