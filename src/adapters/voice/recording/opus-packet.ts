/** What the first bytes of an Opus packet tell (RFC 6716, section 3). */

/** Milliseconds of one frame, by the upper five bits of the packet's first byte. */
const FRAME_MS: readonly number[] = [
  // Speech.
  ...[10, 20, 40, 60, 10, 20, 40, 60, 10, 20, 40, 60],
  // Both.
  ...[10, 20, 10, 20],
  // Music.
  ...[2.5, 5, 10, 20, 2.5, 5, 10, 20, 2.5, 5, 10, 20, 2.5, 5, 10, 20],
];

/** Milliseconds that a packet may last at most. */
const LONGEST_MS = 120;
/** Bytes of one frame. */
const MOST_BYTES = 1_275;

const framesIn = (packet: Uint8Array, code: number): number => {
  if (code === 0) return 1;
  if (code < 3) return 2;
  return (packet[1] ?? 0) & 0x3f;
};

/** Milliseconds of sound in a packet; undefined when it is no packet of Opus. */
export const durationOf = (packet: Uint8Array): number | undefined => {
  const [first] = packet;
  if (first === undefined) return undefined;
  const frames = framesIn(packet, first & 3);
  const durationMs = frames * (FRAME_MS[first >> 3] ?? 0);
  const fits = packet.length <= frames * MOST_BYTES + 1 + frames * 2 + MOST_BYTES;
  return frames > 0 && durationMs <= LONGEST_MS && fits ? durationMs : undefined;
};

/** What stands before the packets of a stream (RFC 7845, section 5.1), as far as it matters here. */
export interface OpusHead {
  readonly channels: number;
  /** Samples at the beginning that are no part of the sound. */
  readonly preSkip: number;
}

const MAGIC = 'OpusHead';
const HEAD_BYTES = 19;
/** Version 1, and whatever is added to it later. */
const MAJOR_VERSION = 0xf0;

/** Reads the head of a stream; undefined when it is another's, or has more channels than ears. */
export const readHead = (bytes: Uint8Array): OpusHead | undefined => {
  if (bytes.length < HEAD_BYTES || Buffer.from(bytes.subarray(0, MAGIC.length)).toString() !== MAGIC)
    return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [version, channels, family] = [view.getUint8(8), view.getUint8(9), view.getUint8(18)];
  if ((version & MAJOR_VERSION) !== 0 || channels < 1 || channels > 2 || family !== 0) return undefined;
  return { channels, preSkip: view.getUint16(10, true) };
};
