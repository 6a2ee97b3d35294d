/** Tries again what Discord could not answer, where doing it twice is the same as doing it once. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DiscordAPIError, DiscordjsTypeError } from 'discord.js';

const PAUSES_MS = [100, 400];

/** Does the work; again, twice at most, when no answer came. A refusal is an answer, Discord's and its library's alike. */
export const insist = async <Value>(work: () => Promise<Value>): Promise<Value> => {
  for (const pause of PAUSES_MS) {
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof DiscordAPIError || cause instanceof DiscordjsTypeError) throw cause;
      await sleep(pause);
    }
  }
  return work();
};
