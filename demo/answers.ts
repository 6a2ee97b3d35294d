/** What people of the story are answered, and what ends the story when it is something else. */
import type { Outcome } from '../sandbox/people.ts';

/** What came of something in Discord, or what a page said. */
export type Answer = Outcome | string;

const done = new WeakSet<Outcome>();

/** Marks what came of something that somebody did with their own hands: it is theirs, and the story goes on from it. */
export const byHand = (outcome: Outcome): Outcome => {
  done.add(outcome);
  return outcome;
};

/** Whether somebody did it with their own hands. */
export const isByHand = (answer: Answer): boolean => typeof answer !== 'string' && done.has(answer);

/** What somebody was told; a failure of Discord's ends the story. */
export const told = (answer: Answer): string => {
  if (typeof answer === 'string') return answer;
  if (answer.is === 'failure' && !isByHand(answer))
    throw new Error(`Discord says ${answer.code}: ${answer.why}`);
  return answer.is === 'reply' ? answer.text : '';
};

/** A press that needs no words, because the cards show what came of it. */
export const expectDone = (outcome: Outcome): void => {
  const text = told(outcome);
  if (text !== '' && !isByHand(outcome)) throw new Error(`a press was answered with "${text}"`);
};

/** An answer in which these words stand. */
export const expectTold = (answer: Answer, words: string): void => {
  const text = told(answer);
  if (!text.includes(words) && !isByHand(answer))
    throw new Error(`expected to read "${words}", but read "${text}"`);
};
