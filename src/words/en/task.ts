/** What is said about tasks: what waits, for whom, what was done, and how it was settled. */
import { type Confidential, open } from '../../core/confidential.ts';
import {
  CHECKLISTS,
  type CheckItem,
  itemsLeft,
  type SettledAs,
  type Task,
  type TaskKind,
} from '../../core/task.ts';
import type { Action, Card, CardField } from '../card.ts';
import { fitLines } from '../fit-lines.ts';
import { mention, moment, quote } from '../markup.ts';
import { counted } from './list.ts';

/** What a task is about, with nobody's name. */
export const KINDS: Readonly<Record<TaskKind, string>> = {
  'absence-told': 'Somebody cannot come',
  'no-show': 'Somebody was not there',
  'no-shows-in-a-row': 'Somebody was not there several times in a row',
};

const ABOUT: Readonly<Record<TaskKind, string>> = {
  'absence-told': 'cannot come',
  'no-show': 'was not there, and had not told us',
  'no-shows-in-a-row': 'was not there several times in a row, and had not told us',
};

/** What may be ticked. */
export const ITEMS: Readonly<Record<CheckItem, string>> = {
  thanked: 'Thanked them for telling us',
  'make-up-considered': 'Thought about making it up',
  phoned: 'Tried to reach them by phone',
  messaged: 'Wrote to them',
  'emergency-contact-considered': 'Considered the emergency contact',
  'spoken-with': 'Spoke with them',
  'therapist-spoken-with': 'Spoke with their therapist',
  'next-step-agreed': 'Agreed on the next step',
};

/** How a task was settled. */
export const OUTCOMES: Readonly<Record<SettledAs, string>> = {
  'looked-after': 'Looked after',
  'not-reached': 'Could not reach them',
  'not-needed': 'Not needed',
  withdrawn: 'They come after all, or the time was changed',
};

/** Characters that a list of tasks may take of a card. */
const MOST_LISTED = 3_000;
/** As many buttons as stand in a row. */
const MOST_SHOWN = 5;

const taskLine = ({ number, kind, person, assignee, openedAt }: Task): string =>
  `- **${number}**: ${mention(person.account)} ${ABOUT[kind]}; for ${mention(assignee.account)}, since ${moment(openedAt, 'f')}`;

const given = ({ number, cohortId }: Pick<Task, 'number' | 'cohortId'>) => ({
  task: String(number),
  cohort: cohortId,
});

/** The open tasks that the reader may tend. */
export const listed = ({ tasks }: { readonly cohortId: string; readonly tasks: readonly Task[] }): Card => {
  if (tasks.length === 0) return { text: 'Nothing waits for you here.' };
  const left = (count: number): string => `${counted(count, 'more is', 'more are')} open, too.`;
  return {
    title: counted(tasks.length, 'open task', 'open tasks'),
    text: fitLines(tasks.map(taskLine), MOST_LISTED, left),
    actions: [
      tasks.slice(0, MOST_SHOWN).map((task) => ({
        label: `Show task ${task.number}`,
        command: 'task show',
        given: given(task),
      })),
    ],
  };
};

const itemLine = ({ ticks }: Task, item: CheckItem): string => {
  const tick = ticks.find((each) => each.item === item);
  return tick
    ? `- Done: ${ITEMS[item]} (${mention(tick.by)}, ${moment(tick.at, 'f')})`
    : `- Open: ${ITEMS[item]}`;
};

const checklist = (task: Task): CardField => ({
  name: 'What may help',
  value: CHECKLISTS[task.kind].map((item) => itemLine(task, item)).join('\n'),
});

const ticking = (task: Task): readonly Action[] =>
  itemsLeft(task).map((item) => ({
    label: ITEMS[item],
    command: 'task tick',
    given: { ...given(task), item },
  }));

const settling = (task: Task): readonly Action[] =>
  (['looked-after', 'not-reached', 'not-needed'] as const).map((outcome) => ({
    label: OUTCOMES[outcome],
    command: 'task done',
    given: { ...given(task), outcome },
    style: outcome === 'looked-after' ? 'primary' : 'secondary',
  }));

const actions = (task: Task): readonly (readonly Action[])[] =>
  task.settled ? [] : [ticking(task), settling(task)].filter((row) => row.length > 0);

const settledField = ({ settled }: Task): readonly CardField[] =>
  settled
    ? [
        {
          name: 'Settled',
          value: `${OUTCOMES[settled.outcome]}, by ${mention(settled.by)} on ${moment(settled.at, 'f')}`,
        },
      ]
    : [];

export interface TaskFacts {
  readonly task: Task;
  readonly when?: Date;
  /** For the person's therapist alone. */
  readonly reason?: Confidential<string>;
}

/** One task. */
export const shown = ({ task, when, reason }: TaskFacts): Card => ({
  title: `Task ${task.number}`,
  text: [
    `${mention(task.person.account)} ${ABOUT[task.kind]}${when ? `: ${moment(when, 'F')}` : ''}.`,
    `It is for ${mention(task.assignee.account)}, since ${moment(task.openedAt, 'f')}.`,
  ].join('\n'),
  fields: [
    ...(reason ? [{ name: 'Why (told to their therapist alone)', value: quote(open(reason), 500) }] : []),
    checklist(task),
    ...settledField(task),
  ],
  actions: actions(task),
});
