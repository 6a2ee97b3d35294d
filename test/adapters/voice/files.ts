/** Sound files for tests, written by hand: Ogg and WebM with Opus in them. */
import { sumOf } from '../../../src/adapters/voice/recording/crc.ts';
import { openCodec } from '../../../src/adapters/voice/sound/codec.ts';
import { FRAME_MS } from '../../../src/adapters/voice/sound/frame.ts';
import { frameOf } from '../../../src/adapters/voice/sound/tones.ts';

/** Packets of a tone; so many, 20 ms each. */
export const tonePackets = (count: number, dBFS = -20, hertz = 440): Uint8Array[] => {
  const codec = openCodec(1);
  const tone = { atMs: 0, durationMs: count * FRAME_MS, hertz, dBFS, fadeMs: 0 };
  return Array.from({ length: count }, (_, index) =>
    codec.encode(frameOf({ lengthMs: tone.durationMs, tones: [tone] }, index)),
  );
};

/** What stands before the packets of a stream. */
export const opusHead = (channels = 1, preSkip = 0): Buffer => {
  const head = Buffer.alloc(19);
  head.write('OpusHead');
  head[8] = 1;
  head[9] = channels;
  head.writeUInt16LE(preSkip, 10);
  head.writeUInt32LE(48_000, 12);
  return head;
};

const tags = (): Buffer => Buffer.concat([Buffer.from('OpusTags'), Buffer.alloc(8)]);

const lacingOf = (packet: Uint8Array): number[] => [
  ...Array<number>(Math.floor(packet.length / 255)).fill(255),
  packet.length % 255,
];

/** One page with these segments. */
export const oggPage = (
  lacing: readonly number[],
  body: Uint8Array,
  { sequence, flags = 0, serial = 77 }: { sequence: number; flags?: number; serial?: number },
): Buffer => {
  const head = Buffer.alloc(27 + lacing.length);
  head.write('OggS');
  head[5] = flags;
  head.writeUInt32LE(serial, 14);
  head.writeUInt32LE(sequence, 18);
  head[26] = lacing.length;
  head.set(lacing, 27);
  const page = Buffer.concat([head, body]);
  page.writeUInt32LE(sumOf(page), 22);
  return page;
};

/** Packets as segments, cut into pages of so many segments: packets run on from page to page. */
export const oggOf = (packets: readonly Uint8Array[], segmentsOnPage = 20, head = opusHead()): Buffer => {
  const first = oggPage(lacingOf(head), head, { sequence: 0, flags: 2 });
  const second = oggPage(lacingOf(tags()), tags(), { sequence: 1 });
  const segments = packets.flatMap(lacingOf);
  const body = Buffer.concat(packets);
  const pages: Buffer[] = [];
  let at = 0;
  for (let from = 0; from < segments.length; from += segmentsOnPage) {
    const lacing = segments.slice(from, from + segmentsOnPage);
    const length = lacing.reduce((sum, each) => sum + each, 0);
    const flags = segments[from - 1] === 255 ? 1 : 0;
    pages.push(oggPage(lacing, body.subarray(at, at + length), { sequence: pages.length + 2, flags }));
    at += length;
  }
  return Buffer.concat([first, second, ...pages]);
};

const sizeOf = (length: number): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(length + 0x10000000);
  return size;
};

const UNKNOWN = Buffer.from('01ffffffffffffff', 'hex');

const element = (id: string, data: Uint8Array, known = true): Buffer =>
  Buffer.concat([Buffer.from(id, 'hex'), known ? sizeOf(data.length) : UNKNOWN, data]);

/** As a browser records: neither the segment nor its clusters say how long they are. */
export const webmOf = (packets: readonly Uint8Array[], codec = 'A_OPUS', head = opusHead()): Buffer => {
  const track = element(
    'ae',
    Buffer.concat([element('d7', Buffer.of(1)), element('86', Buffer.from(codec)), element('63a2', head)]),
  );
  const blocks = packets.map((packet) => element('a3', Buffer.concat([Buffer.of(0x81, 0, 0, 0x80), packet])));
  const cluster = element('1f43b675', Buffer.concat([element('e7', Buffer.of(0)), ...blocks]), false);
  const segment = element('18538067', Buffer.concat([element('1654ae6b', track), cluster]), false);
  return Buffer.concat([element('1a45dfa3', element('4282', Buffer.from('webm'))), segment]);
};
