/** Plays the story before the page: at the pace of those who look on, with hands of theirs where they want. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoryLine, StoryPhase, Storyteller } from '../../sandbox/page/story.ts';
import type { Teller } from '../tell.ts';
import { Left, makeGate } from './gate.ts';
import type { Playing } from './played.ts';

/** Milliseconds between one act and the next, for eyes to follow. */
const PACE = 900;
const LOOK_EVERY = 200;

/** What the page can do about time and the bot. */
export interface Machinery {
  turn(ms: number): Promise<void>;
  kill(): Promise<void>;
  start(): Promise<void>;
  isUp(): boolean;
}

export interface Live {
  readonly storyteller: Storyteller;
  readonly tell: Teller;
  readonly playing: Pick<Playing, 'next' | 'over' | 'did' | 'again'>;
  /** Whether the story stands still because the bot is down; throws once it is left. */
  isHeld(): boolean;
  /** Everything is there; `play` tells the story from its beginning to its end. */
  ready(machinery: Machinery, play: () => Promise<void>): void;
}

type Ask = { readonly who: string; readonly what: string };
type Doing = Ask & { readonly where: string | null };

const capturing = (lines: StoryLine[]): Teller => ({
  chapter: (text) => void lines.push({ is: 'chapter', text }),
  line: (text) => void lines.push({ is: 'line', text }),
  sight: () => undefined,
});

/** Begins with nothing ready. */
export const makeLive = (nameOf: (id: string) => string): Live => {
  const lines: StoryLine[] = [];
  const gate = makeGate(PACE);
  const byHand = new Set<string>();
  let phase: 'starting' | 'ready' | 'on' | 'over' | 'stopped' | 'failed' = 'starting';
  let doing: Doing | null = null;
  let asks: Ask | null = null;
  let machinery: Machinery | undefined;
  let play: () => Promise<void> = async () => undefined;

  const is = (): StoryPhase => {
    if (phase !== 'on') return phase;
    if (asks) return 'waiting';
    return gate.isOpen() ? 'playing' : 'paused';
  };
  const begin = (): void => {
    if (phase !== 'ready') return;
    phase = 'on';
    play().then(
      () => {
        phase = 'over';
      },
      (cause: unknown) => {
        asks = null;
        phase = gate.hasLeft() ? 'stopped' : 'failed';
        if (phase === 'failed')
          lines.push({ is: 'line', text: cause instanceof Error ? cause.message : String(cause) });
      },
    );
  };
  const machine = (): Machinery => {
    if (!machinery) throw new Error('The bot is still starting.');
    return machinery;
  };
  const acts: Storyteller['acts'] = {
    play() {
      gate.open();
      begin();
    },
    pause: () => gate.shut(),
    step() {
      gate.step();
      begin();
    },
    leave: () => gate.leave(),
    skip() {
      asks = null;
    },
    'by-hand'({ who, mine }) {
      if (typeof who !== 'string') return;
      if (mine === true) byHand.add(who);
      else byHand.delete(who);
    },
    turn: ({ ms }) => machine().turn(Number(ms)),
    'kill-bot': () => machine().kill(),
    'start-bot': () => machine().start(),
  };
  const next: Playing['next'] = async (person, what, where) => {
    if (!byHand.has(person.id) || gate.hasLeft()) await gate.pass();
    // Nobody would be answered while the bot is down.
    while (!machine().isUp() && !gate.hasLeft()) await sleep(LOOK_EVERY);
    // Somebody may have taken them over while the story stood still.
    if (!byHand.has(person.id)) {
      doing = { who: person.id, what, where: where ?? null };
      return 'by-story';
    }
    asks = { who: person.id, what };
    return 'by-hand';
  };
  return {
    tell: capturing(lines),
    storyteller: {
      acts,
      state: () => ({
        is: is(),
        lines,
        doing,
        asks,
        byHand: [...byHand],
        bot: machinery?.isUp() ? 'up' : 'down',
      }),
    },
    playing: {
      next,
      over: ({ id }) => {
        if (!byHand.has(id) && !gate.hasLeft()) return 'released';
        return asks === null || gate.hasLeft() ? 'skipped' : undefined;
      },
      did: () => {
        asks = null;
      },
      again: ({ id }) =>
        void lines.push({ is: 'line', text: `${nameOf(id)} was not answered, and tries again.` }),
    },
    isHeld() {
      if (gate.hasLeft()) throw new Left();
      return !machine().isUp();
    },
    ready(made, told) {
      machinery = made;
      play = told;
      phase = 'ready';
    },
  };
};
