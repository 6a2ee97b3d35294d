/** What is said about taking turns. */
import { speaker, type Turns, waiting } from '../../core/turns.ts';
import type { Card } from '../card.ts';
import { people } from './people.ts';

const place = (turns: Turns, personId: string): string => {
  const before = waiting(turns).findIndex((turn) => turn.personId === personId);
  if (before <= 0) return 'You are next.';
  return `${before === 1 ? 'One person is' : `${before} people are`} before you.`;
};

/** A hand was raised; told with the place that the person has in the queue. */
export const queued = (turns: Turns, personId: string): Card => ({
  text: `Your hand is raised. ${place(turns, personId)} You may pass at any time.`,
});

/** Somebody wants to be come back to: they stand at the end of the queue, which may be short. */
export const later = (turns: Turns, personId: string): Card => ({
  text: `The group comes back to you. ${place(turns, personId)} You may pass at any time.`,
});

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
  text: people(accounts, 'Everybody in the voice room has spoken, had a turn or passed.'),
});
