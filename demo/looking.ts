/** How the demo looks at what Hearth keeps, beside Hearth and without it. */
import type { KeyRing } from '../src/adapters/postgres/key-ring.ts';
import { openStore } from '../src/adapters/postgres/store.ts';
import { MINUTE } from '../src/core/time.ts';
import type { Records } from '../src/ports/store.ts';
import type { TurnedClock } from './turned-clock.ts';
import { until } from './watch.ts';

/** What Hearth keeps, for looking only. */
export const lookInto = (url: string, keys: KeyRing) => {
  const refuse = () => Promise.reject(new Error('the demo looks at what is kept, and changes nothing'));
  const jobs = () => ({ enqueue: refuse, enqueueAll: refuse, finish: refuse });
  return openStore({ url, keys, jobs, connections: 1 });
};

/** Hearth may have missed moments that it did not note; it has seen this one once it noted it. */
const SEEN_WITHIN = 5_000;

/** Lets minutes go by on a clock, until Hearth has looked at the voice rooms of a server. */
export const passing =
  (clock: Pick<TurnedClock, 'time' | 'turn'>, records: Records, guildId: string) =>
  async (minutes: number): Promise<void> => {
    await clock.turn(minutes * MINUTE);
    await until('Hearth has looked at the voice room', async () => {
      const noted = await records.presences.lastObserved(guildId);
      return noted !== undefined && clock.time.now() - noted.getTime() < SEEN_WITHIN;
    });
  };
