/** What is said about goals: set, brought up to date, listed, shown. */
import { type Confidential, open } from '../../core/confidential.ts';
import {
  currentLevel,
  type Goal,
  type GoalReader,
  type GoalReaders,
  type GoalUpdate,
} from '../../core/goal.ts';
import type { Action, Card, CardField } from '../card.ts';
import { fitLines } from '../fit-lines.ts';
import { clip, literal, mention, moment, quote } from '../markup.ts';
import { dayName } from './day.ts';
import { counted } from './list.ts';

/** With whom a goal is shared, as an answer to choose. */
export const READERS: Readonly<Record<GoalReaders, string>> = {
  staff: 'The facilitators and I',
  'only-me': 'Only I',
};

/** How far a goal has come, as an answer to choose. */
export const LEVELS: Readonly<Record<`${Goal['updates'][number]['level']}`, string>> = {
  '-2': 'Much less than expected, for now',
  '-1': 'A little less than expected, for now',
  '0': 'As expected',
  '1': 'A little more than expected',
  '2': 'Much more than expected',
};

export interface GoalsFacts {
  readonly reader: GoalReader;
  /** Account of the person whose goals they are. */
  readonly account: string;
  readonly goals: readonly Goal[];
}

export interface GoalFacts extends Pick<GoalsFacts, 'reader' | 'account'> {
  readonly goal: Goal;
}

/** Characters that lists may take of a card, so that it holds them whatever else stands on it. */
const MOST_LISTED = 3_000;

const signed = (level: number): string => (level > 0 ? `+${level}` : `${level}`);

const levelName = ({ level }: GoalUpdate): string => `${LEVELS[`${level}`]} (${signed(level)})`;

const standing = (goal: Goal): string => {
  const level = currentLevel(goal);
  return level === undefined ? 'no update yet' : LEVELS[`${level}`].toLowerCase();
};

const READ_BY: Readonly<Record<GoalReaders, string>> = {
  staff: 'Your facilitators can read it; the group cannot.',
  'only-me': 'Nobody but you is shown it.',
};

const updateButton = ({ number }: Goal, label = 'Add an update'): Action => ({
  label,
  command: 'goal update',
  given: { goal: String(number) },
  style: 'secondary',
});

const goalField = ({ text }: Pick<Goal, 'text'>, name: string): CardField => ({
  name,
  value: quote(open(text)),
});

const reviewField = ({ reviewOn }: Goal): CardField => ({
  name: 'To look at again',
  value: dayName(reviewOn),
});

/** A goal was kept. */
export const set = (goal: Goal): Card => ({
  title: `Goal ${goal.number} is kept`,
  text: `It is stored encrypted. ${READ_BY[goal.readers]} Whenever you like, say how far it has come with \`/goal update\`.`,
  fields: [goalField(goal, 'Your goal'), reviewField(goal)],
  actions: [[updateButton(goal)]],
});

const noteLine = (note: Confidential<string>): string => `\n${quote(open(note), 300)}`;

const updateLine = (update: GoalUpdate): string =>
  `- ${moment(update.at, 'D')}: ${levelName(update)}${update.note ? noteLine(update.note) : ''}`;

/** How far a goal has come was kept. */
export const updated = (goal: Goal): Card => {
  const latest = goal.updates.at(-1);
  return {
    title: `Goal ${goal.number} is up to date`,
    text: `${READ_BY[goal.readers]} \`/goal show\` has everything you noted.`,
    fields: [
      goalField(goal, 'Your goal'),
      ...(latest ? [{ name: 'How far it has come', value: levelName(latest) }] : []),
      ...(latest?.note ? [{ name: 'Your note', value: quote(open(latest.note)) }] : []),
      reviewField(goal),
    ],
  };
};

/** As many buttons as stand in a row. */
const MOST_UPDATED = 5;

/** Characters of a goal that a list shows of it. */
const MOST_IN_LIST = 100;

const goalLine = (goal: Goal, reader: GoalReader): string => {
  const text = literal(clip(open(goal.text).replace(/\s+/g, ' '), MOST_IN_LIST));
  const readers = reader === 'author' && goal.readers === 'only-me' ? '; only you see it' : '';
  return `- **${goal.number}**: ${text}\n  ${standing(goal)}; to look at again on ${dayName(goal.reviewOn)}${readers}`;
};

const noGoals = ({ reader, account }: GoalsFacts): Card =>
  reader === 'author'
    ? { text: 'You have no goals here yet. When you would like one, write it with `/goal set`.' }
    : { text: `${mention(account)} shares no goals with the facilitators at the moment.` };

/** The goals of one person that the reader may know of, the latest first. */
export const listed = (facts: GoalsFacts): Card => {
  const { reader, account, goals } = facts;
  if (goals.length === 0) return noGoals(facts);
  const lines = goals.map((goal) => goalLine(goal, reader)).toReversed();
  const latest = goals
    .slice(-MOST_UPDATED)
    .map((goal) => updateButton(goal, `Update goal ${goal.number}`))
    .toReversed();
  const left = (count: number): string =>
    `There ${count === 1 ? 'is' : 'are'} ${counted(count, 'earlier goal', 'earlier goals')}: \`/goal show\` with the number shows one.`;
  return {
    title: reader === 'author' ? 'Your goals' : 'Goals shared with the facilitators',
    text: [...(reader === 'staff' ? [mention(account)] : []), fitLines(lines, MOST_LISTED, left)].join('\n'),
    ...(reader === 'author' ? { actions: [latest] } : {}),
  };
};

const updates = (goal: Goal): string =>
  goal.updates.length === 0
    ? 'No update yet.'
    : fitLines(
        goal.updates.map(updateLine).toReversed(),
        MOST_LISTED,
        (count) => `${counted(count, 'earlier update is', 'earlier updates are')} kept, too.`,
      );

/** One goal with how far it has come, the latest first. */
export const shown = ({ reader, account, goal }: GoalFacts): Card => ({
  title: `Goal ${goal.number}`,
  text: [
    reader === 'author'
      ? READ_BY[goal.readers]
      : `Of ${mention(account)}, set on ${moment(goal.setAt, 'D')}.`,
    updates(goal),
  ].join('\n'),
  fields: [goalField(goal, reader === 'author' ? 'Your goal' : 'The goal'), reviewField(goal)],
  ...(reader === 'author' ? { actions: [[updateButton(goal)]] } : {}),
});
