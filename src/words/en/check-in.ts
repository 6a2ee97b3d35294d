/** What is said around the opening check-in. */
import type { Arrival, CheckIn, GoalStatus, MoodWord, Share } from '../../core/check-in.ts';
import { type Confidential, open } from '../../core/confidential.ts';
import type { AnswerPlace } from '../../core/private-answers.ts';
import type { Card } from '../card.ts';
import { quote } from '../markup.ts';
import { CONTACT_ME } from './alert.ts';
import { HELP_NOW } from './help-now.ts';
import { listed } from './list.ts';

/** With whom something is shared, as an answer to choose. */
export const SHARES: Readonly<Record<Share, string>> = {
  group: 'With the group',
  staff: 'With the facilitators only',
  pass: 'Pass: nothing is told',
};

export const MOOD_WORDS: Readonly<Record<MoodWord, string>> = {
  calm: 'Calm',
  hopeful: 'Hopeful',
  content: 'Content',
  grateful: 'Grateful',
  proud: 'Proud',
  curious: 'Curious',
  connected: 'Connected',
  rested: 'Rested',
  tired: 'Tired',
  numb: 'Numb',
  restless: 'Restless',
  anxious: 'Anxious',
  overwhelmed: 'Overwhelmed',
  sad: 'Sad',
  lonely: 'Lonely',
  angry: 'Angry',
  ashamed: 'Ashamed',
  stuck: 'Stuck',
  unsure: 'Unsure',
  'in pain': 'In pain',
};

export const GOAL_STATUSES: Readonly<Record<GoalStatus, string>> = {
  'on-track': 'On track',
  'some-progress': 'Some progress',
  stuck: 'Stuck for now',
  'not-started': 'Not started yet',
  'no-goal': 'No goal at the moment',
};

/** How somebody arrives, in one line. */
export const arrivalLine = ({ mood, energy, words, goalStatus }: Arrival): string =>
  [
    `mood ${mood} of 10, energy ${energy} of 10`,
    ...(words.length > 0 ? [listed(words)] : []),
    `goal: ${GOAL_STATUSES[goalStatus].toLowerCase()}`,
  ].join('; ');

const SHARED: Readonly<Record<Share, string>> = {
  group: 'Your check-in stands on the card in the group room, where your group can see it.',
  staff: 'Only your facilitators can see your check-in. The group sees that you have checked in.',
  pass: 'You passed, and that is fine: nobody sees more than that you are here.',
};

/** Where what was told stands on pages. */
const SHARED_ON_PAGES: Readonly<Record<Share, string>> = {
  ...SHARED,
  group:
    'Your group can read your check-in on a page of its own. In Discord it stands only that you have checked in.',
};

const AFTER_THE_END = {
  told: 'The session has ended meanwhile. Your check-in is kept, and stands on no card.',
  pass: 'You passed, and that is fine. The session has ended meanwhile.',
} as const;

export interface CheckInFacts {
  readonly checkIn: CheckIn;
  /** What the person meant to do since last time. */
  readonly lastIntention?: Confidential<string>;
  readonly afterTheEnd: boolean;
  readonly place: AnswerPlace;
}

const seenBy = ({ checkIn: { share }, afterTheEnd, place }: CheckInFacts): string => {
  if (afterTheEnd) return AFTER_THE_END[share === 'pass' ? 'pass' : 'told'];
  return (place === 'link' ? SHARED_ON_PAGES : SHARED)[share];
};

/** A check-in was kept. */
export const taken = (facts: CheckInFacts): Card => {
  const { checkIn, lastIntention, afterTheEnd } = facts;
  const again = 'You can check in again while the session lasts; the last one counts.';
  return {
    title: 'Thank you for checking in',
    text: [
      seenBy(facts),
      ...(checkIn.share === 'pass' ? [] : [`You said: ${arrivalLine(checkIn.arrival)}.`]),
      ...(afterTheEnd ? [] : [again]),
    ].join('\n'),
    actions: [[CONTACT_ME, HELP_NOW]],
    ...(lastIntention && {
      fields: [{ name: 'Last time you intended (only you see this)', value: quote(open(lastIntention)) }],
    }),
  };
};
