/** `/task`: those who are responsible for somebody see what waits for them, tick what they did, and settle it. */
import { z } from 'zod';
import { listTasks, showTask, tendedTask } from '../src/app/list-tasks.ts';
import { settleTask, tickTask } from '../src/app/tend-task.ts';
import { type CohortCall, type CommandGroup, cohortCommand, type Reply } from '../src/command.ts';
import { HELPERS, STAFF } from '../src/core/access.ts';
import { allow, type Outcome } from '../src/core/outcome.ts';
import { CHECK_ITEMS, TASK_OUTCOMES } from '../src/core/task.ts';
import { choice, type Input, text } from '../src/option.ts';
import type { Card } from '../src/words/card.ts';
import { en } from '../src/words/en/index.ts';

const WHO = [...STAFF, ...HELPERS];

const tell = (card: Card): Outcome<Reply> => allow({ kind: 'tell', card });

/** Characters: whatever they are, they can be carried by a button. */
const MOST_TYPED = 8;

const whichCohort = text('Name of the group, if you have several', 1, 40, 'cohort').optional();
const whichTask = text('Number of the task', 1, MOST_TYPED, 'task');

/** No task has the number 0: what is no number names none. */
const numberOf = (written: string): number => (/^\d{1,6}$/.test(written) ? Number(written) : 0);

const askedBy = ({ cohort, person, standings }: CohortCall<Input>) => ({ cohort, asker: person, standings });

const list = cohortCommand({
  name: 'list',
  description: 'See what waits for you; who leads the group sees all of it',
  who: WHO,
  direct: true,
  input: z.object({ cohort: whichCohort }),
  run: async (call) => {
    const tasks = await listTasks(call.world, askedBy(call));
    return tell(call.words.task.listed({ cohortId: call.cohort.id, tasks }));
  },
});

const show = cohortCommand({
  name: 'show',
  description: 'See one task, with its list of what may help',
  who: WHO,
  direct: true,
  private: true,
  input: z.object({ task: whichTask, cohort: whichCohort }),
  run: async (call) => {
    const { records } = call.world.store;
    const found = await tendedTask(records, askedBy(call), numberOf(call.input.task));
    if (!found.ok) return found;
    return tell(call.words.task.shown(await showTask(records, askedBy(call), found.value)));
  },
});

const tick = cohortCommand({
  name: 'tick',
  description: 'Tick something on the list of a task',
  who: WHO,
  direct: true,
  private: true,
  input: z.object({
    task: whichTask,
    item: choice('What was done', CHECK_ITEMS, en.task.ITEMS),
    cohort: whichCohort,
  }),
  run: async (call) => {
    const demand = { ...askedBy(call), number: numberOf(call.input.task) };
    const ticked = await tickTask(call.world, demand, call.input.item);
    return ticked.ok ? tell(call.words.task.shown(ticked.value)) : ticked;
  },
});

const done = cohortCommand({
  name: 'done',
  description: 'Settle a task; what was noted stays kept',
  who: WHO,
  direct: true,
  private: true,
  form: 'Settle this task',
  input: z.object({
    task: whichTask,
    outcome: choice('How it was settled', TASK_OUTCOMES, en.task.OUTCOMES),
    cohort: whichCohort,
  }),
  run: async (call) => {
    const demand = { ...askedBy(call), number: numberOf(call.input.task) };
    const settled = await settleTask(call.world, demand, call.input.outcome);
    return settled.ok ? tell(call.words.task.shown(settled.value)) : settled;
  },
});

export const task: CommandGroup = {
  name: 'task',
  description: 'What waits for whoever is responsible for somebody of a group',
  commands: [list, show, tick, done],
};
