/** Plays the story before the page: at the pace of those who look on, with hands of theirs where they want. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Storyteller } from '../../sandbox/page/story.ts';
import type { Stage } from '../stage.ts';
import { type Teller, whyOf } from '../tell.ts';
import { type Patience, waitingWith } from '../watch.ts';
import { Left } from './gate.ts';
import { type Going, type Machinery, machineOf, note, notYet, stateOf } from './going.ts';
import type { Playing } from './played.ts';

const LOOK_EVERY = 200;

export interface Live {
  readonly storyteller: Storyteller;
  readonly tell: Teller;
  readonly playing: Pick<Playing, 'next' | 'over' | 'did' | 'again'>;
  /** Plays what the story can do without; when it fails, or the bot is killed in the middle of it, the story goes on. */
  readonly aside: Stage['aside'];
  /** Everything is there; `play` tells the story from its beginning to its end. */
  ready(machinery: Machinery, play: () => Promise<void>): void;
}

const tellerOf = (going: Going): Teller => ({
  chapter: (text) => void going.lines.push({ is: 'chapter', text }),
  line: (text) => note(going, text),
  sight: () => undefined,
});

const patienceWith = (going: Going): Patience => ({
  isHeld() {
    if (going.gate.hasLeft()) throw new Left();
    return !machineOf(going).isUp();
  },
  // Whoever looks on may have done something else, or do it yet; they can leave at any time.
  goesOn(what) {
    const text = `The story waits until ${what}.`;
    if (going.lines.at(-1)?.text !== text) note(going, text);
    return true;
  },
});

const asideOf =
  (going: Going): Live['aside'] =>
  async (act) => {
    const before = going.kills;
    const { isHeld } = patienceWith(going);
    const isHeldUnlessLost = (): boolean => {
      const isDown = isHeld();
      if (!isDown && going.kills > before) throw new Error('what was begun is lost');
      return isDown;
    };
    try {
      return await waitingWith({ isHeld: isHeldUnlessLost, goesOn: () => false }, act);
    } catch (cause) {
      if (going.gate.hasLeft()) throw cause;
      const why = going.kills > before ? 'Hearth was killed in the middle of it' : whyOf(cause);
      note(going, `That came to nothing: ${why}. The story goes on without it.`);
      return undefined;
    }
  };

const begin = (going: Going): void => {
  if (going.phase !== 'ready') return;
  going.phase = 'on';
  waitingWith(patienceWith(going), going.play).then(
    () => {
      going.phase = 'over';
    },
    (cause: unknown) => {
      going.asks = null;
      going.phase = going.gate.hasLeft() ? 'stopped' : 'failed';
      if (going.phase === 'failed') note(going, whyOf(cause));
    },
  );
};

/** What can be done about the story at the page. */
const actsOn = (going: Going): Storyteller['acts'] => ({
  play() {
    going.gate.open();
    begin(going);
  },
  pause: () => going.gate.shut(),
  step() {
    going.gate.step();
    begin(going);
  },
  leave: () => going.gate.leave(),
  'do-it'() {
    going.asks = null;
  },
  'by-hand'({ who, mine }) {
    if (typeof who !== 'string') return;
    if (mine === true) going.byHand.add(who);
    else going.byHand.delete(who);
  },
  turn: ({ ms }) => machineOf(going).turn(Number(ms)),
  async 'kill-bot'() {
    going.kills += 1;
    await machineOf(going).kill();
  },
  'start-bot': () => machineOf(going).start(),
});

const nextIn =
  (going: Going): Playing['next'] =>
  async (person, what, where) => {
    const { gate, byHand } = going;
    if (!byHand.has(person.id) || gate.hasLeft()) await gate.pass();
    // Nobody would be answered while the bot is down.
    while (!machineOf(going).isUp() && !gate.hasLeft()) await sleep(LOOK_EVERY);
    // Somebody may have taken them over while the story stood still.
    const act = { who: person.id, what, where: where ?? null };
    if (!byHand.has(person.id)) {
      going.doing = act;
      return 'by-story';
    }
    going.asks = act;
    return 'by-hand';
  };

const playingIn = (going: Going, nameOf: (id: string) => string): Live['playing'] => ({
  next: nextIn(going),
  over: ({ id }) => {
    if (going.gate.hasLeft()) return 'left';
    return going.asks === null || !going.byHand.has(id) ? 'released' : undefined;
  },
  did: () => {
    going.asks = null;
  },
  again: ({ id }) => note(going, `${nameOf(id)} was not answered, and tries again.`),
});

/** Begins with nothing ready. */
export const makeLive = (nameOf: (id: string) => string): Live => {
  const going = notYet();
  return {
    tell: tellerOf(going),
    storyteller: { acts: actsOn(going), state: () => stateOf(going) },
    playing: playingIn(going, nameOf),
    aside: asideOf(going),
    ready(machinery, play) {
      Object.assign(going, { machinery, play, phase: 'ready' } satisfies Partial<Going>);
    },
  };
};
