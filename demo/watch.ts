/** Waiting, as an audience does: for something to be true, or to be seen in a room. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Person, textOf } from '../sandbox/people.ts';

/** How patient those are who wait. */
export interface Patience {
  /** Nobody loses patience while this holds, because what they wait for is down; when it throws, waiting ends. */
  isHeld(): boolean;
  /** They have waited for a minute; whether they go on. */
  goesOn(what: string): boolean;
}

const LOOK_EVERY = 50;
/** A minute of looks; on a machine that is busy, each takes longer, and so does patience. */
const LOOKS = 1200;

const PLAIN: Patience = { isHeld: () => false, goesOn: () => false };
const patience = new AsyncLocalStorage<Patience>();

/** Runs something in which everybody waits with this patience. */
export const waitingWith = <T>(it: Patience, run: () => Promise<T>): Promise<T> => patience.run(it, run);

/** Waits until it is true; gives up with a sentence that says what was waited for. */
export const until = async (what: string, look: () => boolean | Promise<boolean>): Promise<void> => {
  const { isHeld, goesOn } = patience.getStore() ?? PLAIN;
  for (let looks = 0; !(await look()); await sleep(LOOK_EVERY)) {
    if (!isHeld()) looks += 1;
    if (looks > 0 && looks % LOOKS === 0 && !goesOn(what)) throw new Error(`waited in vain until ${what}`);
  }
};

/** Waits until a message in a room says something. */
export const sees = (person: Person, room: string, words: string): Promise<void> =>
  until(`"${words}" can be read in ${room}`, async () =>
    (await person.read(room)).some((message) => textOf(message).includes(words)),
  );
