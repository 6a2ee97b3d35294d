/** What is said when somebody tells whether they come to a meeting. */
import type { Occurrence } from '../../core/occurrence.ts';
import type { Rsvp, RsvpAnswer } from '../../core/rsvp.ts';
import type { Action, Card } from '../card.ts';
import { moment } from '../markup.ts';
import { told } from './absence.ts';

/** Whether somebody comes, as an answer to choose. */
export const ANSWERS: Readonly<Record<RsvpAnswer, string>> = {
  coming: 'I will be there',
  'not-coming': 'I cannot come',
};

/** The two buttons under whatever asks whether somebody comes. */
export const answerButtons = (meeting: string): readonly Action[] => [
  { label: ANSWERS.coming, command: 'rsvp', given: { meeting, answer: 'coming' }, style: 'primary' },
  { label: ANSWERS['not-coming'], command: 'absence tell', given: { meeting } },
];

const coming = ({ id, cohortId, startsAt }: Occurrence): Card => ({
  text: `Thank you, it is good to know that you will be there on ${moment(startsAt, 'F')}. You may change your mind until it begins.`,
  actions: [
    [
      {
        label: ANSWERS['not-coming'],
        command: 'absence tell',
        given: { meeting: id, cohort: cohortId },
      },
    ],
  ],
});

/** An answer was kept. */
export const taken = (answered: { readonly occurrence: Occurrence; readonly rsvp: Rsvp }): Card =>
  answered.rsvp.answer === 'coming' ? coming(answered.occurrence) : told(answered);
