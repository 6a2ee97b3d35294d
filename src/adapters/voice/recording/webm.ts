/** Takes the Opus packets out of a WebM file, also of one that was recorded without looking back. */
import { type Element, elementsIn } from './ebml.ts';
import type { Contents } from './ogg.ts';
import { type OpusHead, readHead } from './opus-packet.ts';

const EBML = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const TRACKS = 0x1654ae6b;
const TRACK = 0xae;
const TRACK_NUMBER = 0xd7;
const CODEC = 0x86;
const CODEC_PRIVATE = 0x63a2;
/** Compressed or encrypted once more. */
const ENCODINGS = 0x6d80;
const CLUSTER = 0x1f43b675;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;
const SIMPLE_BLOCK = 0xa3;

const BLOCKS: ReadonlySet<number> = new Set([BLOCK, SIMPLE_BLOCK]);

const ENTERED: ReadonlySet<number> = new Set([SEGMENT, TRACKS, TRACK, CLUSTER, BLOCK_GROUP]);

/** Whether bytes begin as a Matroska file does, of which WebM is a kind. */
export const isWebm = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) === EBML;

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

interface Track {
  readonly number?: number;
  readonly isOpus?: boolean;
  readonly head?: OpusHead | undefined;
  readonly encoded?: boolean;
}

/** What an element adds to what is known of a track. */
const toldOfTrack = ({ id, data }: Element): Track => {
  if (id === TRACK_NUMBER) return { number: data.at(-1) ?? 0 };
  if (id === CODEC) return { isOpus: text(data) === 'A_OPUS' };
  if (id === CODEC_PRIVATE) return { head: readHead(data) };
  return id === ENCODINGS ? { encoded: true } : {};
};

/** The number of a track in one byte, a moment in two, and flags. */
const BLOCK_HEAD = 4;
const ONE_BYTE = 0x80;
const LACED = 0x06;

/** A packet of that track; false for another's, and undefined for what cannot be read. */
const packetIn = (block: Uint8Array, track: number | undefined): Uint8Array | false | undefined => {
  const [first = 0, , , flags = 0] = block;
  if (block.length <= BLOCK_HEAD) return undefined;
  if ((first & ONE_BYTE) === 0 || (first & ~ONE_BYTE) !== track) return false;
  return (flags & LACED) === 0 ? block.subarray(BLOCK_HEAD) : undefined;
};

const readable = (track: Track | undefined): Track | undefined =>
  track?.isOpus && track.head && !track.encoded ? track : undefined;

/** The first track of Opus in a WebM file. */
export const readWebm = (bytes: Uint8Array): Contents => {
  const packets: Uint8Array[] = [];
  // Of all that went before only the first that can be read is kept: a file may claim millions of tracks.
  let first: Track | undefined;
  let track: Track | undefined;
  for (const element of elementsIn(bytes, ENTERED)) {
    if (!element) return { ok: false, why: 'damaged' };
    const { id, data } = element;
    if (id === TRACK) {
      first ??= readable(track);
      track = {};
    } else if (track) track = { ...track, ...toldOfTrack(element) };
    if (!BLOCKS.has(id)) continue;
    const packet = packetIn(data, (first ?? readable(track))?.number);
    if (packet === undefined) return { ok: false, why: 'damaged' };
    if (packet) packets.push(packet);
  }
  const head = (first ?? readable(track))?.head;
  return head ? { ok: true, head, packets } : { ok: false, why: 'not-opus' };
};
