/** Tells of the encryption of a call when it has changed: not of what passes while somebody comes or goes. */
import { isDeepStrictEqual } from 'node:util';
import { type CallEncryption, isUnknown } from '../../core/encryption.ts';
import { SECOND } from '../../core/time.ts';

/** Milliseconds from the first sign of a change to the look. */
const SETTLES = 300;
/** Milliseconds until a second look: who comes is in the room a moment before they are in the group. */
const DOUBTED = 2 * SECOND;
/** Milliseconds in which those in a room agree on their encryption, with time to spare. */
const AGREED_WITHIN = 10 * SECOND;

export interface EncryptionWatch {
  /** Something may be otherwise. */
  stir(): void;
  /** The call is over. */
  end(): void;
}

export interface WatchParts {
  look(): Promise<CallEncryption>;
  changed(encryption: CallEncryption): void;
  /** Whether the bot is in the call, so that something can be known. */
  stands(): boolean;
  /** In the call, and yet nothing is agreed on in time: it never will be on this line. */
  stuck(): void;
}

const UNKNOWN: CallEncryption = { state: 'unknown' };

const isDoubtful = (encryption: CallEncryption): boolean =>
  isUnknown(encryption) || (encryption.state === 'on' && encryption.outside.length > 0);

/** Calls `stuck` when nothing is known all the time from one look to another that comes much later. */
const watchAgreement = ({ look, stands, stuck }: WatchParts) => {
  let timer: NodeJS.Timeout | undefined;
  const clear = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const lookAgain = async (): Promise<void> => {
    clear();
    if (stands() && isUnknown(await look()) && stands()) stuck();
  };
  return {
    clear,
    seen: (encryption: CallEncryption): void => {
      if (isUnknown(encryption) && stands()) timer ??= setTimeout(lookAgain, AGREED_WITHIN);
      else clear();
    },
  };
};

/** Nothing is known yet. */
export const watchEncryption = (parts: WatchParts): EncryptionWatch => {
  const agreement = watchAgreement(parts);
  let told: CallEncryption = UNKNOWN;
  let timer: NodeJS.Timeout | undefined;
  let settles = false;
  let over = false;

  const tell = (encryption: CallEncryption): void => {
    if (isDeepStrictEqual(told, encryption)) return;
    told = encryption;
    parts.changed(encryption);
  };

  const lookNow = async (again: boolean): Promise<void> => {
    timer = undefined;
    settles = false;
    const encryption = await parts.look();
    if (over) return;
    agreement.seen(encryption);
    const waits = isDoubtful(encryption) && !again && !isDeepStrictEqual(told, encryption);
    if (!waits) tell(encryption);
    else timer ??= setTimeout(lookNow, DOUBTED, true);
  };

  return {
    stir: () => {
      // Counted from the first sign: where signs never end, there is a look all the same.
      if (over || settles) return;
      settles = true;
      clearTimeout(timer);
      timer = setTimeout(lookNow, SETTLES, false);
    },
    end: () => {
      over = true;
      clearTimeout(timer);
      agreement.clear();
      tell(UNKNOWN);
    },
  };
};
