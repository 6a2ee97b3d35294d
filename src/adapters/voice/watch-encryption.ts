/** Tells of the encryption of a call when it has changed: not of what passes while somebody comes or goes. */
import { isDeepStrictEqual } from 'node:util';
import type { CallEncryption } from '../../core/encryption.ts';
import { SECOND } from '../../core/time.ts';

/** Milliseconds from the first sign of a change to the look. */
const SETTLES = 300;
/** Milliseconds until a second look: who comes is in the room a moment before they are in the group. */
const DOUBTED = 2 * SECOND;

export interface EncryptionWatch {
  /** Something may be otherwise. */
  stir(): void;
  /** The call is over. */
  end(): void;
}

export interface WatchParts {
  look(): Promise<CallEncryption>;
  changed(encryption: CallEncryption): void;
}

const UNKNOWN: CallEncryption = { state: 'unknown' };

const isDoubtful = (encryption: CallEncryption): boolean =>
  encryption.state === 'unknown' || (encryption.state === 'on' && encryption.outside.length > 0);

/** Nothing is known yet. */
export const watchEncryption = ({ look, changed }: WatchParts): EncryptionWatch => {
  let told: CallEncryption = UNKNOWN;
  let timer: NodeJS.Timeout | undefined;
  let over = false;

  const tell = (encryption: CallEncryption): void => {
    if (isDeepStrictEqual(told, encryption)) return;
    told = encryption;
    changed(encryption);
  };

  const lookIn = (ms: number, again: boolean): void => {
    timer = setTimeout(async () => {
      timer = undefined;
      const encryption = await look();
      if (over || isDeepStrictEqual(told, encryption)) return;
      if (isDoubtful(encryption) && !again) {
        if (timer === undefined) lookIn(DOUBTED, true);
      } else tell(encryption);
    }, ms);
  };

  return {
    stir: () => {
      if (over) return;
      clearTimeout(timer);
      lookIn(SETTLES, false);
    },
    end: () => {
      over = true;
      clearTimeout(timer);
      tell(UNKNOWN);
    },
  };
};
