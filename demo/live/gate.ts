/** Holds the story at every act of a person: it goes on by itself, step by step, or not at all. */
import { setTimeout as sleep } from 'node:timers/promises';

/** The story was left; what was about to happen does not. */
export class Left extends Error {
  constructor() {
    super('the story was left');
  }
}

export interface Gate {
  /** Resolves when the next act may happen; rejected once the story is left. */
  pass(): Promise<void>;
  /** Lets the story go on by itself. */
  open(): void;
  shut(): void;
  /** Lets one act happen. */
  step(): void;
  leave(): void;
  isOpen(): boolean;
  hasLeft(): boolean;
}

const LOOK_EVERY = 50;

/** A gate that is shut; when it is open, an act happens every so many milliseconds. */
export const makeGate = (pace: number): Gate => {
  let isOpen = false;
  let steps = 0;
  let hasLeft = false;
  return {
    async pass() {
      await sleep(isOpen ? pace : 0);
      while (!hasLeft && !isOpen && steps === 0) await sleep(LOOK_EVERY);
      if (hasLeft) throw new Left();
      steps = Math.max(0, steps - 1);
    },
    open: () => {
      isOpen = true;
    },
    shut: () => {
      isOpen = false;
    },
    step: () => {
      steps += 1;
    },
    leave: () => {
      hasLeft = true;
    },
    isOpen: () => isOpen,
    hasLeft: () => hasLeft,
  };
};
