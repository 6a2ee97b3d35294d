/** Reads sound files: what is in them, how long it lasts, and the packets to be played. */
import { HOUR } from '../../../core/time.ts';
import type { Inspection, Recordings } from '../../../ports/recordings.ts';
import { RATE } from '../sound/frame.ts';
import { type Contents, isOgg, pagesAreIntact, readOgg } from './ogg.ts';
import { durationOf } from './opus-packet.ts';
import { isWebm, readWebm } from './webm.ts';

/** Milliseconds of the longest sound that is taken. */
const LONGEST = HOUR;
/** Milliseconds of the longest packet that can be played. */
const LONGEST_PACKET = 60;

const MILLISECONDS = 1_000;

export type Recording =
  | {
      readonly ok: true;
      readonly container: 'ogg' | 'webm';
      readonly durationMs: number;
      readonly channels: number;
      readonly packets: readonly Uint8Array[];
    }
  | Extract<Inspection, { ok: false }>;

const lasting = (contents: Contents, container: 'ogg' | 'webm'): Recording => {
  if (!contents.ok) return contents;
  const { packets, head } = contents;
  let durationMs = -(head.preSkip / RATE) * MILLISECONDS;
  for (const packet of packets) {
    const ms = durationOf(packet);
    if (ms === undefined) return { ok: false, why: 'damaged' };
    if (ms > LONGEST_PACKET) return { ok: false, why: 'not-opus' };
    durationMs += ms;
    if (durationMs > LONGEST) return { ok: false, why: 'too-long' };
  }
  if (durationMs <= 0) return { ok: false, why: 'not-opus' };
  return { ok: true, container, durationMs: Math.round(durationMs), channels: head.channels, packets };
};

/** What is in a file that was inspected before; its check sums are not looked at again. */
export const readRecording = (bytes: Uint8Array): Recording => {
  if (isOgg(bytes)) return lasting(readOgg(bytes), 'ogg');
  if (isWebm(bytes)) return lasting(readWebm(bytes), 'webm');
  return { ok: false, why: 'not-audio' };
};

/** The port, for Ogg and WebM with Opus. */
export const recordings: Recordings = {
  inspect: (bytes) => {
    const recording = readRecording(bytes);
    if (!recording.ok) return recording;
    const { container, durationMs } = recording;
    return container === 'webm' || pagesAreIntact(bytes)
      ? { ok: true, container, durationMs }
      : { ok: false, why: 'damaged' };
  },
};
