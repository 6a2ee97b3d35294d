/**
 * What one person is told by themselves. A telephone shows it to whoever looks on: it names no group, no topic, nobody
 * else, and not what the time is for.
 */
import type { Notice } from '../../core/notice.ts';
import type { Action, Card } from '../card.ts';
import { moment } from '../markup.ts';

type Reminder = Extract<Notice, { kind: 'reminder' }>;

const timeOf = ({ startsAt }: Reminder): string => {
  const start = new Date(startsAt);
  return `${moment(start, 'F')} (${moment(start, 'R')})`;
};

const actionsOf = ({ occurrenceId: meeting, cohortId: cohort, ready }: Reminder): readonly Action[] => [
  ...(ready
    ? []
    : [
        {
          label: 'I will be there',
          command: 'rsvp',
          given: { meeting, answer: 'coming', cohort },
          style: 'primary' as const,
        },
      ]),
  { label: 'I cannot come', command: 'absence tell', given: { meeting, cohort } },
];

const reminder = (facts: Reminder): Card => ({
  text: facts.ready
    ? `${timeOf(facts)}\nYou said that you will be there. If that has changed, say so here.`
    : `${timeOf(facts)}\nPlease say here whether you will be there. Either answer is fine.`,
  actions: [actionsOf(facts)],
});

const SOMETHING_WAITS = 'Something waits for you.';

/** A notice as a direct message. */
export const notice = (facts: Notice): Card => {
  switch (facts.kind) {
    case 'reminder':
      return reminder(facts);
    case 'task':
      return {
        text: `${SOMETHING_WAITS} \`/task list\` shows it.`,
        actions: [[{ label: 'Show it', command: 'task list', given: { cohort: facts.cohortId } }]],
      };
  }
};

/** A notice in a room, behind the mention of whom it is for: the time, and nothing else. */
export const noticeInRoom = (facts: Notice): { readonly text: string } => ({
  text: facts.kind === 'task' ? `${SOMETHING_WAITS} \`/task list\`` : timeOf(facts),
});
