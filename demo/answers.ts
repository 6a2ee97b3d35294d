/** What people of the story are answered, and what ends the story when it is something else. */
import type { Outcome } from '../sandbox/people.ts';

/** What somebody was told; a failure of Discord's ends the story. */
export const told = (outcome: Outcome): string => {
  if (outcome.is === 'failure') throw new Error(`Discord says ${outcome.code}: ${outcome.why}`);
  return outcome.is === 'reply' ? outcome.text : '';
};

/** A press that needs no words, because the cards show what came of it. */
export const expectDone = (outcome: Outcome): void => {
  const text = told(outcome);
  if (text !== '') throw new Error(`a press was answered with "${text}"`);
};

/** An answer in which these words stand. */
export const expectTold = (outcome: Outcome | string, words: string): void => {
  const text = typeof outcome === 'string' ? outcome : told(outcome);
  if (!text.includes(words)) throw new Error(`expected to read "${words}", but read "${text}"`);
};
