/** Finds the goals that somebody may read: all of their own, and of others what they share with staff. */
import { STAFF, type Standings } from '../core/access.ts';
import { type Goal, type GoalReader, goalsFor } from '../core/goal.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import type { World } from '../ports/world.ts';

export interface GoalsAsked {
  readonly cohortId: string;
  readonly asker: Person;
  /** Of the asker, in this cohort. */
  readonly standings: Standings;
  /** Account of the person whose goals are asked for; the asker's own when missing. */
  readonly account?: string | undefined;
}

export interface GoalsShown {
  readonly reader: GoalReader;
  /** Account of the person whose goals they are. */
  readonly account: string;
  readonly goals: readonly Goal[];
}

const whoseGoals = async (
  { memberships }: World['store']['records'],
  { cohortId, asker, standings, account }: GoalsAsked,
): Promise<Outcome<{ readonly reader: GoalReader; readonly person: Person }>> => {
  const own = standings.has('participant') && (account ?? asker.account) === asker.account;
  if (own) return allow({ reader: 'author', person: asker });
  if (!STAFF.some((standing) => standings.has(standing))) return refuse({ code: 'staff-only' });
  if (account === undefined) return refuse({ code: 'which-person' });
  const member = (await memberships.roster(cohortId)).find(({ person }) => person.account === account);
  return member ? allow({ reader: 'staff', person: member.person }) : refuse({ code: 'no-such-person-here' });
};

/** The goals of one person, as far as the asker may know of them. */
export const listGoals = async (world: World, asked: GoalsAsked): Promise<Outcome<GoalsShown>> => {
  const { records } = world.store;
  const whose = await whoseGoals(records, asked);
  if (!whose.ok) return whose;
  const { reader, person } = whose.value;
  const goals = await records.goals.ofPerson(asked.cohortId, person.id);
  return allow({ reader, account: person.account, goals: goalsFor(reader, goals) });
};
