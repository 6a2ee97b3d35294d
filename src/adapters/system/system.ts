/** The machine's own clock, names and secrets. */
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { v7 } from 'uuid';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Secrets } from '../../ports/secrets.ts';

/** Milliseconds since 1970, as the machine's own `Date` or a turned clock tells them. */
interface Time {
  now(): number;
}

/** A clock that reads `time`. */
export const clockOf = (time: Time): Clock => ({ now: () => new Date(time.now()) });

/** Room to count upwards from, within the 32 bits of an id that order those of one millisecond. */
const FIRST_NUMBERS = 2 ** 31;

/** Ids that carry `time`, in the order of their making even where it stands still or goes back. */
export const idsOf = (time: Time): Ids => {
  let msecs = 0;
  let seq = 0;
  return {
    next: () => {
      const now = Math.floor(time.now());
      seq = now > msecs ? randomInt(FIRST_NUMBERS) : seq + 1;
      msecs = Math.max(now, msecs);
      return v7({ msecs, seq });
    },
  };
};

/** More than anybody could try. */
const SECRET_BYTES = 32;

/** Secrets of the machine's own chance. */
export const secrets: Secrets = {
  make: () => randomBytes(SECRET_BYTES).toString('base64url'),
  digest: (secret) => createHash('sha256').update(secret).digest('hex'),
};
