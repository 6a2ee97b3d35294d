/** What is said about a time of one participant with their therapist: arranged, moved, cancelled, and while it goes on. */
import type { IndividualCard } from '../../core/board.ts';
import type { EndedIndividual } from '../../core/individual.ts';
import type { Occurrence } from '../../core/occurrence.ts';
import { between, MINUTE } from '../../core/time.ts';
import type { Action, Card } from '../card.ts';
import { fitLines } from '../fit-lines.ts';
import { mention, moment } from '../markup.ts';
import { counted } from './list.ts';
import { placeButtons, WHY_ASKED } from './place.ts';

/** Characters that a list of times may take of a card. */
const MOST = 3_500;

type Meeting = Pick<Occurrence, 'id' | 'individual' | 'startsAt' | 'minutes'>;

const whose = ({ individual }: Meeting): string =>
  individual ? `${mention(individual.person.account)} and ${mention(individual.therapist.account)}` : '';

const when = ({ startsAt, minutes }: Meeting): string =>
  `${moment(startsAt, 'F')}, ${counted(minutes, 'minute', 'minutes')}`;

const ROOMS =
  'Two rooms that only the two of them see open ten minutes before. Nothing is said about it anywhere else.';

/** A time was planned. */
export const planned = (meeting: Meeting): Card => ({
  title: 'The time is planned',
  text: `${whose(meeting)} meet on ${when(meeting)}.\n${ROOMS}`,
});

/** A time was moved. */
export const moved = (meeting: Meeting): Card => ({
  title: 'The time is moved',
  text: `${whose(meeting)} now meet on ${when(meeting)}.\n${ROOMS}`,
});

/** Asks once more before a time is cancelled. */
export const cancelling = (meeting: Meeting, cohortId: string): Card => ({
  title: 'Cancel this time?',
  text: `${whose(meeting)} would not meet on ${when(meeting)}. To keep it, simply leave this; to meet at another time, use \`/individual move\`.`,
  actions: [
    [
      {
        label: 'Yes, cancel it',
        command: 'individual cancel',
        given: { meeting: meeting.id, sure: 'yes', cohort: cohortId },
        style: 'danger',
      },
    ],
  ],
});

/** A time was cancelled. */
export const cancelled = (meeting: Meeting): Card => ({
  text: `${whose(meeting)} do not meet on ${when(meeting)}.`,
});

/** The times ahead, as far as the reader may know of them. */
export const listed = (meetings: readonly Meeting[]): Card => ({
  title: 'Times with a therapist',
  text:
    meetings.length === 0
      ? 'No such time is planned.'
      : fitLines(
          meetings.map((meeting) => `- ${when(meeting)}: ${whose(meeting)}`),
          MOST,
          (count) => `And ${count} more.`,
        ),
});

const ending = (given: Action['given'] = {}): Action => ({
  label: 'Yes, end it',
  command: 'individual end',
  given: { ...given, sure: 'yes' },
  style: 'danger',
});

/** Asks once more before the end. */
export const endingNow = (given: Readonly<Record<string, string>>): Card => ({
  title: 'End this time together now?',
  text: 'The room stays open for a while after its planned end. To go on, simply leave this.',
  actions: [[ending(given)]],
});

/** It has ended, and attendance is kept. */
export const ended = ({ startedAt, endedAt }: EndedIndividual): Card => ({
  text: `Your time together has ended after ${counted(Math.floor(between(startedAt, endedAt) / MINUTE), 'minute', 'minutes')}. Attendance is kept.`,
});

const STATES: Readonly<Record<IndividualCard['state'], (card: IndividualCard) => string>> = {
  planned: ({ startsAt }) =>
    `It begins ${moment(startsAt, 'R')}, by itself. You may come in before: the voice room beside this one is open.`,
  running: ({ endsAt }) =>
    `It is planned until ${moment(endsAt, 't')}, ${moment(endsAt, 'R')}. Nobody is cut off: while you both stay, it goes on a little longer.`,
  over: () => 'This time is over. Thank you for being here.',
  cancelled: () => 'This time does not take place.',
};

const endRow = ({ occurrenceId }: IndividualCard): readonly Action[] => [
  { label: 'End', command: 'individual end', given: { meeting: occurrenceId, sure: 'no' } },
];

const actionsOf = (facts: IndividualCard): Pick<Card, 'actions'> => {
  const rows = [
    ...(facts.place ? [placeButtons(facts.place)] : []),
    ...(facts.state === 'running' ? [endRow(facts)] : []),
  ];
  return rows.length > 0 ? { actions: rows } : {};
};

const placeLine = ({ account, place }: IndividualCard): readonly string[] => {
  if (!place) return [];
  return [
    place.told
      ? `${mention(account)} has confirmed where they are for this time.`
      : `${mention(account)}: ${WHY_ASKED}`,
  ];
};

/** The card in the room of two people; its title stays the same. */
export const card = (facts: IndividualCard): Card => ({
  title: 'Your time together',
  text: [
    `${mention(facts.account)} and ${mention(facts.therapist)}: ${moment(facts.startsAt, 'F')} to ${moment(facts.endsAt, 't')}.`,
    STATES[facts.state](facts),
    ...placeLine(facts),
    'Only you two see this room and the voice room beside it, apart from the owner and administrators of this server. After your time together they close.',
  ].join('\n\n'),
  ...actionsOf(facts),
});
