/**
 * What one person is told by themselves. A telephone shows it to whoever looks on: it names no group, no topic, nobody
 * else, and not what the time is for.
 */
import type { Notice } from '../../core/notice.ts';
import type { Action, Card } from '../card.ts';
import { moment } from '../markup.ts';

const timeOf = ({ startsAt }: Notice): string => {
  const start = new Date(startsAt);
  return `${moment(start, 'F')} (${moment(start, 'R')})`;
};

const actionsOf = ({ occurrenceId: occurrence, cohortId: cohort, ready }: Notice): readonly Action[] => {
  const coming = { label: 'I will be there', style: 'primary' } as const;
  const answer = (how: string): Pick<Action, 'command' | 'given'> => ({
    command: 'rsvp',
    given: { occurrence, answer: how, cohort },
  });
  return [
    ...(ready ? [] : [{ ...coming, ...answer('coming') }]),
    { label: 'I cannot come', ...answer('not-coming') },
  ];
};

/** A notice as a direct message. */
export const notice = (facts: Notice): Card => ({
  text: facts.ready
    ? `${timeOf(facts)}\nYou said that you will be there. If that has changed, say so here.`
    : `${timeOf(facts)}\nPlease say here whether you will be there. Either answer is fine.`,
  actions: [actionsOf(facts)],
});

/** A notice in a room, behind the mention of whom it is for: the time, and nothing else. */
export const noticeInRoom = (facts: Notice): { readonly text: string } => ({ text: timeOf(facts) });
