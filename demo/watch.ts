/** Waiting, as an audience does: for something to be true, or to be seen in a room. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Person, textOf } from '../sandbox/people.ts';

const LOOK_EVERY = 50;
/** A minute of looks; on a machine that is busy, each takes longer, and so does patience. */
const LOOKS = 1200;

let isHeld = (): boolean => false;

/** Nobody loses patience while this holds, because what they wait for is down; when it throws, waiting ends. */
export const holdWhile = (it: () => boolean): void => {
  isHeld = it;
};

/** Waits until it is true; gives up with a sentence that says what was waited for. */
export const until = async (what: string, look: () => boolean | Promise<boolean>): Promise<void> => {
  for (let looks = 0; looks < LOOKS; await sleep(LOOK_EVERY)) {
    if (await look()) return;
    if (!isHeld()) looks += 1;
  }
  throw new Error(`waited in vain until ${what}`);
};

/** Waits until a message in a room says something. */
export const sees = (person: Person, room: string, words: string): Promise<void> =>
  until(`"${words}" can be read in ${room}`, async () =>
    (await person.read(room)).some((message) => textOf(message).includes(words)),
  );
