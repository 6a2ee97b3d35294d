/** What is said about taking turns. */
import { speaker, type Turns, waiting } from '../../core/turns.ts';
import type { Card } from '../card.ts';
import { people } from './people.ts';

/** A hand was raised, or put at the end of the queue; told with the place that the person has in it. */
export const queued = (turns: Turns, personId: string): Card => {
  const before = waiting(turns).findIndex((turn) => turn.personId === personId);
  const place =
    before <= 0 ? 'You are next.' : `${before === 1 ? 'One person is' : `${before} people are`} before you.`;
  return { text: `Your hand is raised. ${place} You may pass at any time.` };
};

/** A pass, which needs no reason. */
export const passed = (): Card => ({
  text: 'You passed, and that is fine. You can raise your hand later whenever you like.',
});

/** The end of somebody's turn. */
export const done = (): Card => ({ text: 'Thank you for sharing.' });

/** Somebody was called. */
export const called = (turns: Turns): Card => ({
  text: speaker(turns)
    ? 'The next person is called; the card in the group room shows who it is.'
    : 'Nobody is speaking now.',
});

/** For staff: who is here and has had no turn. */
export const notYetHeard = (accounts: readonly string[]): Card => ({
  title: 'Not yet heard',
  text: people(accounts, 'Everybody in the voice room has had a turn or has passed.'),
});
