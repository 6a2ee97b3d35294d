/** Keeps a new goal of somebody, with the day on which it is to be looked at again. */
import type { Cohort } from '../core/cohort.ts';
import type { Confidential } from '../core/confidential.ts';
import { type Goal, type GoalReaders, reviewDate } from '../core/goal.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';

export interface GoalPlan {
  readonly text: Confidential<string>;
  readonly readers: GoalReaders;
  /** The day as the person wrote it; it counts in the cohort's zone. */
  readonly reviewOn: string;
}

/** Goals are numbered in the order in which they are set, so that a person can name them. */
const nextNumber = (goals: readonly Goal[]): number =>
  goals.reduce((last, { number }) => Math.max(last, number), 0) + 1;

/** Sets a goal; needs no session. Refused when the day is none, or is not ahead. */
export const setGoal = (
  world: World,
  { cohort, person }: { readonly cohort: Pick<Cohort, 'id'>; readonly person: Person },
  { reviewOn: written, ...plan }: GoalPlan,
): Promise<Outcome<Goal>> =>
  world.store.change<Goal>(async (records) => {
    const active = await activeCohort(records, cohort.id);
    if (!active.ok) return active;
    const now = world.clock.now();
    const reviewOn = reviewDate(written, now, active.value.zone);
    if (!reviewOn.ok) return reviewOn;
    const goal: Goal = {
      ...plan,
      id: world.ids.next(),
      number: nextNumber(await records.goals.ofPerson(cohort.id, person.id)),
      cohortId: cohort.id,
      person,
      reviewOn: reviewOn.value,
      setAt: now,
      updates: [],
    };
    await records.goals.add(goal);
    return allow(goal);
  });
