/** How far the story before the page is, and whose hands are on it. */
import type { StoryAct, StoryLine, StoryPhase, StoryState } from '../../sandbox/page/story.ts';
import { type Gate, makeGate } from './gate.ts';

/** Milliseconds between one act and the next, for eyes to follow. */
const PACE = 900;

/** What the page can do about time and the bot. */
export interface Machinery {
  turn(ms: number): Promise<void>;
  kill(): Promise<void>;
  start(): Promise<void>;
  isUp(): boolean;
}

/** A story, which goes on as is done. */
export interface Going {
  readonly lines: StoryLine[];
  readonly gate: Gate;
  /** Those who are played at the page. */
  readonly byHand: Set<string>;
  phase: 'starting' | 'ready' | 'on' | 'over' | 'stopped' | 'failed';
  doing: StoryAct | null;
  asks: StoryAct | null;
  /** How often the bot was killed. */
  kills: number;
  machinery?: Machinery;
  play(): Promise<void>;
}

/** One of which nothing is ready. */
export const notYet = (): Going => ({
  ...{ lines: [], gate: makeGate(PACE), byHand: new Set() },
  ...{ phase: 'starting', doing: null, asks: null, kills: 0 },
  play: async () => undefined,
});

const phaseOf = ({ phase, asks, gate }: Going): StoryPhase => {
  if (phase !== 'on') return phase;
  if (asks) return 'waiting';
  return gate.isOpen() ? 'playing' : 'paused';
};

/** Tells something beside the story. */
export const note = ({ lines }: Going, text: string): void => void lines.push({ is: 'line', text });

/** The bot and the time; throws while there are none yet. */
export const machineOf = ({ machinery }: Going): Machinery => {
  if (!machinery) throw new Error('The bot is still starting.');
  return machinery;
};

/** As the page shows it. */
export const stateOf = (going: Going): StoryState => ({
  is: phaseOf(going),
  lines: going.lines,
  doing: going.doing,
  asks: going.asks,
  byHand: [...going.byHand],
  bot: going.machinery?.isUp() ? 'up' : 'down',
});
