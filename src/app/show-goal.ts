/** Finds one goal that somebody may read. */
import type { Goal } from '../core/goal.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';
import { type GoalsAsked, type GoalsShown, listGoals } from './list-goals.ts';

export interface GoalShown extends Pick<GoalsShown, 'reader' | 'account'> {
  readonly goal: Goal;
}

/** The goal of that number. One that the asker may not know of is not there: both are refused in the same words. */
export const showGoal = async (
  world: World,
  asked: GoalsAsked & { readonly number: number | undefined },
): Promise<Outcome<GoalShown>> => {
  const shown = await listGoals(world, asked);
  if (!shown.ok) return shown;
  const { goals, ...whose } = shown.value;
  const goal = goals.find(({ number }) => number === asked.number);
  return goal ? allow({ ...whose, goal }) : refuse({ code: 'no-such-goal' });
};
