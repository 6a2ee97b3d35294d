/** What is said when somebody tells whether they come to a meeting. */
import type { Occurrence } from '../../core/occurrence.ts';
import { RSVP_ANSWERS, type Rsvp, type RsvpAnswer } from '../../core/rsvp.ts';
import type { Action, Card } from '../card.ts';
import { moment } from '../markup.ts';

/** Whether somebody comes, as an answer to choose. */
export const ANSWERS: Readonly<Record<RsvpAnswer, string>> = {
  coming: 'I will be there',
  'not-coming': 'I cannot come',
};

/** The button of an answer to a meeting. */
export const answerButton = (meeting: string, answer: RsvpAnswer): Action => ({
  label: ANSWERS[answer],
  command: 'rsvp',
  given: { meeting, answer },
  style: answer === 'coming' ? 'primary' : 'secondary',
});

/** Both answers to a meeting. */
export const answerButtons = (meeting: string): readonly Action[] =>
  RSVP_ANSWERS.map((answer) => answerButton(meeting, answer));

const OTHER: Readonly<Record<RsvpAnswer, RsvpAnswer>> = { coming: 'not-coming', 'not-coming': 'coming' };

const TAKEN: Readonly<Record<RsvpAnswer, (when: string) => string>> = {
  coming: (when) => `Thank you, it is good to know that you will be there on ${when}.`,
  'not-coming': (when) => `Thank you for telling us that you cannot come on ${when}.`,
};

/** An answer was kept. */
export const taken = ({ occurrence, rsvp }: { occurrence: Occurrence; rsvp: Rsvp }): Card => ({
  text: `${TAKEN[rsvp.answer](moment(occurrence.startsAt, 'F'))} You may change your mind until it begins.`,
  actions: [[answerButton(occurrence.id, OTHER[rsvp.answer])]],
});
