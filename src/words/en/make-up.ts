/** What is said about making up for a session: what is due, what is offered, and what became of it. */
import type { MakeUp, MakeUpKind, Offer, OfferedMakeUp } from '../../core/make-up.ts';
import type { Action, Card } from '../card.ts';
import { fitLines } from '../fit-lines.ts';
import { mention, moment } from '../markup.ts';
import { counted } from './list.ts';

/** Ways of making up for a session, as they are chosen. */
export const KINDS: Readonly<Record<MakeUpKind, string>> = {
  individual: 'A time with their therapist',
  group: 'An extra meeting of the same group',
};

/** Answers to an offer, as they are chosen. */
export const ANSWERS = { accept: 'Accept', decline: 'Not this one' } as const;

/** Characters that a list may take of a card. */
const MOST = 3_500;

const when = ({ startsAt, minutes }: Offer): string =>
  `${moment(startsAt, 'F')}, ${counted(minutes, 'minute', 'minutes')}`;

const stateOf = (makeUp: MakeUp): string => {
  switch (makeUp.state) {
    case 'due':
      return 'may be made up for; nothing is offered yet';
    case 'not-needed':
      return 'nothing to make up for';
    case 'offered':
      return `offered: ${when(makeUp.offer)}`;
    case 'declined':
      return `another time is wanted than ${moment(makeUp.offer.startsAt, 'F')}`;
    case 'booked':
      return `booked: ${when(makeUp.offer)}`;
    case 'missed':
      return `booked for ${moment(makeUp.offer.startsAt, 'F')}, and still to be made up for`;
    case 'held':
      return `made up on ${moment(makeUp.offer.startsAt, 'D')}, ${counted(makeUp.minutes, 'minute counts', 'minutes count')}`;
  }
};

const line = (makeUp: MakeUp): string =>
  `- ${mention(makeUp.person.account)}, session ${makeUp.sessionNumber}: ${stateOf(makeUp)}`;

/** Everything that the reader may know of. */
export const listed = (makeUps: readonly MakeUp[]): Card => ({
  title: 'Sessions to make up for',
  text:
    makeUps.length === 0
      ? 'There is nothing to make up for.'
      : fitLines(makeUps.map(line), MOST, (count) => `And ${count} more.`),
});

/** The two answers to an offer, as buttons. */
export const offerAnswers = ({
  makeUpId,
  offeredAt,
  cohortId,
}: {
  readonly makeUpId: string;
  /** In milliseconds: an answer to an earlier offer is known by it. */
  readonly offeredAt: number;
  readonly cohortId: string;
}): readonly Action[] => {
  const given = { offer: makeUpId, at: String(offeredAt), cohort: cohortId };
  return [
    {
      label: ANSWERS.accept,
      command: 'make-up answer',
      given: { ...given, answer: 'accept' },
      style: 'primary',
    },
    { label: ANSWERS.decline, command: 'make-up answer', given: { ...given, answer: 'decline' } },
  ];
};

/** It was offered. */
export const offered = ({ person, offer }: OfferedMakeUp): Card => ({
  text: `${mention(person.account)} is offered ${when(offer)}. Nothing is booked until they accept; \`/make-up list\` shows their answer.`,
});

/** What the person is told who has answered. */
export const answered = (makeUp: MakeUp): Card =>
  makeUp.state === 'booked'
    ? { title: 'It is booked', text: `See you on ${when(makeUp.offer)}.` }
    : {
        text: 'Thank you for telling us. Another time will be found; nothing is booked, and nothing is lost.',
      };
