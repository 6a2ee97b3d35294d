/** Listens to one person for a few seconds, keeps the packets as they came, and forgets them when told: in memory alone. */
import type { Readable } from 'node:stream';
import type { Reading } from '../../../core/microphone.ts';
import { SECOND } from '../../../core/time.ts';
import { openCodec } from '../sound/codec.ts';
import { FRAME_MS, isSilence } from '../sound/frame.ts';
import { startMeter } from '../sound/level.ts';

/** What is heard before counts for nothing: packets are lost while the encryption turns to who begins to speak. */
const SETTLING = SECOND / 2;
/** A subscription that failed is no more only a moment later; until then the library hands out the dead one again. */
const AGAIN_AFTER = 50;

export interface Ear {
  /** Measures for so many milliseconds; undefined when it was made to forget meanwhile. */
  listen(account: string, forMs: number): Promise<Reading | undefined>;
  /** What was heard, in its order. */
  packets(): readonly Uint8Array[];
  /** Fills everything that was heard with zeros. */
  forget(): void;
}

export interface EarParts {
  /** Packets of this person, decrypted, from now on. */
  subscribe(account: string): Readable;
  /** Whether what comes is sound, and not encrypted for others. */
  isClear(): boolean;
}

const empty = (bytes: Uint8Array | Int16Array): void => void bytes.fill(0);

/** Emits what this person sends until it is stopped, through failures of the stream; `heard` owns each packet. */
const follow = ({ subscribe }: EarParts, account: string, heard: (packet: Uint8Array) => void) => {
  let stopped = false;
  let stream: Readable | undefined;
  const begin = (): void => {
    if (stopped) return;
    stream = subscribe(account);
    stream.on('data', (packet: Uint8Array) => (stopped ? empty(packet) : heard(packet)));
    // It fails after 37 packets in a row that could not be decrypted.
    stream.once('error', () => void setTimeout(begin, AGAIN_AFTER));
  };
  begin();
  return () => {
    stopped = true;
    stream?.destroy();
  };
};

/** Has heard nothing yet. */
export const openEar = (parts: EarParts): Ear => {
  let packets: Uint8Array[] = [];
  let stop: (() => void) | undefined;
  const forget = (): void => {
    stop?.();
    packets.forEach(empty);
    packets = [];
  };
  return {
    packets: () => packets,
    forget,
    listen: (account, forMs) => {
      forget();
      const { promise, resolve } = Promise.withResolvers<Reading | undefined>();
      const codec = openCodec(1);
      const meter = startMeter(1);
      const from = performance.now() + SETTLING;
      // More than sound has in that time is a flood: it would be played back for as long as it is.
      const most = Math.ceil(forMs / FRAME_MS);
      const unfollow = follow(parts, account, (packet) => {
        const samples =
          performance.now() < from || packets.length >= most || isSilence(packet) || !parts.isClear()
            ? undefined
            : codec.decode(packet);
        if (!samples) return empty(packet);
        packets.push(packet);
        meter.add(samples);
        empty(samples);
      });
      const end = (reading: Reading | undefined): void => {
        clearTimeout(timer);
        stop = undefined;
        unfollow();
        codec.forget();
        resolve(reading);
      };
      const timer = setTimeout(() => end(meter.reading()), SETTLING + forMs);
      stop = () => end(undefined);
      return promise;
    },
  };
};
