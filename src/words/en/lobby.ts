/** The lobby of a meeting in the group's room: when it begins, who is ready, and calmly what became of it. */
import type { Lobby } from '../../core/board.ts';
import { isAwaited } from '../../core/lobby.ts';
import type { Card } from '../card.ts';
import { leadingTo, moment } from '../markup.ts';
import { people } from './people.ts';
import { placeButtons, WHY_ASKED } from './place.ts';
import { fullTime } from './reminders.ts';
import { answerButtons } from './rsvp.ts';
import { TEST } from './voice-check.ts';

const textOf = ({ state, startsAt, card }: Lobby): string => {
  switch (state) {
    case 'waiting':
      return `We begin at ${moment(startsAt, 't')}, ${moment(startsAt, 'R')}. You may come into the voice room already, or stay here until then.`;
    case 'begun':
      return `It is ${moment(startsAt, 't')}. A facilitator opens the session in a moment.`;
    case 'late':
      return `We were to begin at ${moment(startsAt, 't')}. The facilitators have been asked, and the session may still begin. Nothing is counted against anybody, whether you wait or have to go.`;
    case 'open':
      return `The session is open. ${card ? leadingTo('The session card', card) : 'The session card in this room'} shows what to do now.`;
    case 'held':
      return `The session of ${moment(startsAt, 'f')} has ended. Thank you for being here.`;
    case 'not-held':
      return `The session of ${moment(startsAt, 'f')} was not held. Nothing is counted against anybody. Your facilitators can tell you how it goes on.`;
    case 'moved':
      return `This session was moved. It begins on ${fullTime(startsAt)}.`;
    case 'skipped':
      return `The session of ${moment(startsAt, 'f')} does not take place. You need not do anything.`;
  }
};

/** The lobby; its title stays the same. */
export const lobby = (facts: Lobby): Card => ({
  title: 'Before we begin',
  text: facts.asksPlace ? `${textOf(facts)}\n\n${WHY_ASKED}` : textOf(facts),
  fields: isAwaited(facts.state)
    ? [{ name: 'Ready', value: people(facts.ready, 'Nobody has said so yet, and there is no hurry.') }]
    : [],
  // Once it has begun, nobody needs to say any more whether they come.
  actions: [
    ...(facts.asksPlace ? [placeButtons(facts.asksPlace)] : []),
    ...(facts.state === 'waiting' ? [answerButtons(facts.occurrenceId)] : []),
    ...(isAwaited(facts.state) ? [[TEST]] : []),
  ],
});
