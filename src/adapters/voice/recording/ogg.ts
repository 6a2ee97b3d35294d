/** Takes the Opus packets out of an Ogg file (RFC 3533), page by page, without believing what a page claims. */
import { sumOf } from './crc.ts';
import { type OpusHead, readHead } from './opus-packet.ts';

/** What was found in a file; packets are views of its bytes wherever they lie there in one piece. */
export type Contents =
  | { readonly ok: true; readonly head: OpusHead; readonly packets: readonly Uint8Array[] }
  | { readonly ok: false; readonly why: 'not-opus' | 'damaged' };

interface Page {
  readonly serial: number;
  /** Goes on with the packet in which the page before ended. */
  readonly continued: boolean;
  readonly sequence: number;
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
  readonly end: number;
  /** The check sum that it claims. */
  readonly sum: number;
}

const HEADER_BYTES = 27;
const MAGIC = 0x4f676753;
const CONTINUED = 1;

/** Whether bytes begin as an Ogg file does. */
export const isOgg = (bytes: Uint8Array): boolean =>
  bytes.length >= HEADER_BYTES && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) === MAGIC;

const pageAt = (bytes: Uint8Array, at: number): Page | undefined => {
  if (bytes.length - at < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at);
  if (view.getUint32(0) !== MAGIC || view.getUint8(4) !== 0) return undefined;
  const lacing = bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + view.getUint8(26));
  const begin = at + HEADER_BYTES + view.getUint8(26);
  const end = begin + lacing.reduce((sum, length) => sum + length, 0);
  if (end > bytes.length) return undefined;
  return {
    serial: view.getUint32(14, true),
    continued: (view.getUint8(5) & CONTINUED) !== 0,
    sequence: view.getUint32(18, true),
    lacing,
    body: bytes.subarray(begin, end),
    end,
    sum: view.getUint32(22, true),
  };
};

const WHOLE = 255;

/** Packets of the pages of one stream; undefined when a piece is missing. */
const packetsOf = (pages: readonly Page[]): readonly Uint8Array[] | undefined => {
  const packets: Uint8Array[] = [];
  let pieces: Uint8Array[] = [];
  for (const [index, { continued, lacing, body, sequence }] of pages.entries()) {
    if (continued !== pieces.length > 0 || sequence !== (pages[0]?.sequence ?? 0) + index) return undefined;
    let [from, to] = [0, 0];
    for (const length of lacing) {
      to += length;
      if (length === WHOLE) continue;
      packets.push(
        pieces.length === 0 ? body.subarray(from, to) : Buffer.concat([...pieces, body.subarray(from, to)]),
      );
      pieces = [];
      from = to;
    }
    if (to > from || lacing.at(-1) === WHOLE) pieces.push(body.subarray(from, to));
  }
  return pieces.length > 0 ? undefined : packets;
};

const headIn = ({ body }: Page): OpusHead | undefined => readHead(body);

/** Every page from the beginning to where no page can be read any more. */
function* pagesOf(bytes: Uint8Array): Generator<Page & { readonly begin: number }> {
  let begin = 0;
  for (let page = pageAt(bytes, begin); page; page = pageAt(bytes, begin)) {
    yield { ...page, begin };
    begin = page.end;
  }
}

/** Whether no byte of any page was changed after it was written. */
export const pagesAreIntact = (bytes: Uint8Array): boolean =>
  [...pagesOf(bytes)].every(({ begin, end, sum }) => sumOf(bytes.subarray(begin, end)) === sum);

/** The pages of the first stream that is Opus, and whether there is nothing but pages. */
const pagesIn = (bytes: Uint8Array): { readonly pages: readonly Page[]; readonly whole: boolean } => {
  const pages: Page[] = [];
  let end = 0;
  for (const page of pagesOf(bytes)) {
    if (pages.length === 0 ? headIn(page) : page.serial === pages[0]?.serial) pages.push(page);
    end = page.end;
  }
  return { pages, whole: end === bytes.length };
};

/** What is told about the piece stands between the head and the sound. */
const isTags = (packet: Uint8Array): boolean => Buffer.from(packet.subarray(0, 8)).toString() === 'OpusTags';

/** The first stream of Opus in an Ogg file. */
export const readOgg = (bytes: Uint8Array): Contents => {
  const { pages, whole } = pagesIn(bytes);
  if (!whole) return { ok: false, why: 'damaged' };
  const head = pages[0] && headIn(pages[0]);
  if (!head) return { ok: false, why: 'not-opus' };
  const [, tags, ...packets] = packetsOf(pages) ?? [];
  if (!tags || !isTags(tags)) return { ok: false, why: 'damaged' };
  return { ok: true, head, packets: packets.filter(({ length }) => length > 0) };
};
