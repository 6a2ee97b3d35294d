/** `/goal`: what somebody wants to reach, and how far they have come; theirs to share with staff or with nobody. */
import { z } from 'zod';
import { listGoals } from '../src/app/list-goals.ts';
import { setGoal } from '../src/app/set-goal.ts';
import { showGoal } from '../src/app/show-goal.ts';
import { updateGoal } from '../src/app/update-goal.ts';
import { type CohortCall, type CommandGroup, cohortCommand, type Reply } from '../src/command.ts';
import { GROUP } from '../src/core/access.ts';
import { confidential } from '../src/core/confidential.ts';
import { GOAL_LENGTH, GOAL_READERS, LEVELS, NOTE_LENGTH } from '../src/core/goal.ts';
import { allow, type Outcome } from '../src/core/outcome.ts';
import { account, choice, type Input, text, whole } from '../src/option.ts';
import type { Card } from '../src/words/card.ts';
import { en } from '../src/words/en/index.ts';

const tell = (card: Card): Outcome<Reply> => allow({ kind: 'tell', card });

/** Characters: whatever they are, they can be carried by the form that asks for the rest. */
const MOST_TYPED = 8;

const whichGoal = text('Number of the goal', 1, MOST_TYPED, 'goal');
const whose = account('For facilitators: whose goal it is').optional();

const numberOf = (written: string): number | undefined =>
  /^\d{1,9}$/.test(written) ? Number(written) : undefined;

const levelOf = (chosen: number) => LEVELS.find((level) => level === chosen) ?? 0;

const asked = ({ cohort, person, standings }: CohortCall<Input>, of: string | undefined) => ({
  cohortId: cohort.id,
  asker: person,
  standings,
  account: of,
});

const set = cohortCommand({
  name: 'set',
  description: 'Set a goal for yourself',
  who: ['participant'],
  form: 'A goal of your own',
  private: true,
  input: z.object({
    goal: text('What you want to reach', GOAL_LENGTH.fewest, GOAL_LENGTH.most),
    'review-on': text('Day to look at it again, like 2026-05-31', 1, 20),
    readers: choice('Who may read it', GOAL_READERS, en.goal.READERS),
  }),
  run: async ({ world, words, cohort, person, input }) => {
    const plan = {
      text: confidential(input.goal),
      reviewOn: input['review-on'],
      readers: input.readers,
    };
    const goal = await setGoal(world, { cohort, person }, plan);
    return goal.ok ? tell(words.goal.set(goal.value)) : goal;
  },
});

const update = cohortCommand({
  name: 'update',
  description: 'Say how far a goal of yours has come',
  who: ['participant'],
  form: 'How far the goal has come',
  private: true,
  input: z.object({
    goal: whichGoal,
    level: whole('How far it has come', -2, 2, en.goal.LEVELS),
    note: text('A note, for whoever may read the goal', 1, NOTE_LENGTH).optional(),
  }),
  run: async ({ world, words, cohort, person, input }) => {
    const { goal: written, level, note } = input;
    const progress = {
      number: numberOf(written),
      level: levelOf(level),
      ...(note !== undefined && { note: confidential(note) }),
    };
    const goal = await updateGoal(world, { cohortId: cohort.id, personId: person.id }, progress);
    return goal.ok ? tell(words.goal.updated(goal.value)) : goal;
  },
});

const list = cohortCommand({
  name: 'list',
  description: 'See your goals',
  who: GROUP,
  private: true,
  input: z.object({ person: whose }),
  run: async (call) => {
    const goals = await listGoals(call.world, asked(call, call.input.person));
    return goals.ok ? tell(call.words.goal.listed(goals.value)) : goals;
  },
});

const show = cohortCommand({
  name: 'show',
  description: 'See one goal, and how far it has come',
  who: GROUP,
  private: true,
  input: z.object({ goal: whichGoal, person: whose }),
  run: async (call) => {
    const { goal: written, person } = call.input;
    const goal = await showGoal(call.world, { ...asked(call, person), number: numberOf(written) });
    return goal.ok ? tell(call.words.goal.shown(goal.value)) : goal;
  },
});

export const goal: CommandGroup = {
  name: 'goal',
  description: 'Your goals: set them, bring them up to date, look at them',
  commands: [set, update, list, show],
};
