/** Plays the story before the page: at the pace of those who look on, with hands of theirs where they want. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoryAct, StoryLine, StoryPhase, Storyteller } from '../../sandbox/page/story.ts';
import type { Stage } from '../stage.ts';
import { type Teller, whyOf } from '../tell.ts';
import { type Patience, waitingWith } from '../watch.ts';
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
  /** Plays what the story can do without; when it fails, or the bot is killed in the middle of it, the story goes on. */
  readonly aside: Stage['aside'];
  /** Everything is there; `play` tells the story from its beginning to its end. */
  ready(machinery: Machinery, play: () => Promise<void>): void;
}

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
  let doing: StoryAct | null = null;
  let asks: StoryAct | null = null;
  let kills = 0;
  let machinery: Machinery | undefined;
  let play: () => Promise<void> = async () => undefined;

  const is = (): StoryPhase => {
    if (phase !== 'on') return phase;
    if (asks) return 'waiting';
    return gate.isOpen() ? 'playing' : 'paused';
  };
  const note = (text: string): void => void lines.push({ is: 'line', text });
  const patience: Patience = {
    isHeld() {
      if (gate.hasLeft()) throw new Left();
      return !machine().isUp();
    },
    // Whoever looks on may have done something else, or do it yet; they can leave at any time.
    goesOn(what) {
      const text = `The story waits until ${what}.`;
      if (lines.at(-1)?.text !== text) note(text);
      return true;
    },
  };
  const aside: Live['aside'] = async (act) => {
    const before = kills;
    const isHeld = (): boolean => {
      const isDown = patience.isHeld();
      if (!isDown && kills > before) throw new Error('what was begun is lost');
      return isDown;
    };
    try {
      return await waitingWith({ isHeld, goesOn: () => false }, act);
    } catch (cause) {
      if (gate.hasLeft()) throw cause;
      const why = kills > before ? 'Hearth was killed in the middle of it' : whyOf(cause);
      note(`That came to nothing: ${why}. The story goes on without it.`);
      return undefined;
    }
  };
  const begin = (): void => {
    if (phase !== 'ready') return;
    phase = 'on';
    waitingWith(patience, play).then(
      () => {
        phase = 'over';
      },
      (cause: unknown) => {
        asks = null;
        phase = gate.hasLeft() ? 'stopped' : 'failed';
        if (phase === 'failed') note(whyOf(cause));
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
    'do-it'() {
      asks = null;
    },
    'by-hand'({ who, mine }) {
      if (typeof who !== 'string') return;
      if (mine === true) byHand.add(who);
      else byHand.delete(who);
    },
    turn: ({ ms }) => machine().turn(Number(ms)),
    async 'kill-bot'() {
      kills += 1;
      await machine().kill();
    },
    'start-bot': () => machine().start(),
  };
  const next: Playing['next'] = async (person, what, where) => {
    if (!byHand.has(person.id) || gate.hasLeft()) await gate.pass();
    // Nobody would be answered while the bot is down.
    while (!machine().isUp() && !gate.hasLeft()) await sleep(LOOK_EVERY);
    // Somebody may have taken them over while the story stood still.
    const act = { who: person.id, what, where: where ?? null };
    if (!byHand.has(person.id)) {
      doing = act;
      return 'by-story';
    }
    asks = act;
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
        if (gate.hasLeft()) return 'left';
        return asks === null || !byHand.has(id) ? 'released' : undefined;
      },
      did: () => {
        asks = null;
      },
      again: ({ id }) => note(`${nameOf(id)} was not answered, and tries again.`),
    },
    aside,
    ready(made, told) {
      machinery = made;
      play = told;
      phase = 'ready';
    },
  };
};
