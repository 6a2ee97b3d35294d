/** Waiting, as an audience does: for something to be true, or to be seen in a room. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Person, textOf } from '../sandbox/people.ts';

const PATIENCE = 60_000;
const LOOK_EVERY = 50;

/** Waits until it is true; gives up with a sentence that says what was waited for. */
export const until = async (what: string, look: () => boolean | Promise<boolean>): Promise<void> => {
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await sleep(LOOK_EVERY)) {
    if (await look()) return;
  }
  throw new Error(`waited ${PATIENCE / 1000} seconds in vain until ${what}`);
};

/** Waits until a message in a room says something. */
export const sees = (person: Person, room: string, words: string): Promise<void> =>
  until(`"${words}" can be read in ${room}`, async () =>
    (await person.read(room)).some((message) => textOf(message).includes(words)),
  );
