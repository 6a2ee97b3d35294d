/** Walks through the elements of a Matroska or WebM file (RFC 8794), as far as their heads can be read. */

export interface Element {
  /** With its length bits, as it is written. */
  readonly id: number;
  readonly data: Uint8Array;
}

/** The length of a number that begins with this byte, from 1 to 8; more when it is none. */
const lengthOf = (first: number): number => Math.clz32(first) - 23;

interface Written {
  readonly value: number;
  readonly length: number;
}

/** A number in as many bytes as it needs, with its length bit or without; undefined when it is cut off. */
const numberAt = (bytes: Uint8Array, at: number, longest: number, marked: boolean): Written | undefined => {
  const first = bytes[at] ?? 0;
  const length = lengthOf(first);
  if (length > longest || at + length > bytes.length) return undefined;
  let value = marked ? first : first & (0xff >> length);
  for (let index = 1; index < length; index += 1) value = value * 256 + (bytes[at + index] ?? 0);
  return { value, length };
};

const LONGEST_ID = 4;
const LONGEST_SIZE = 8;

/** Ones alone: the length is not known, as in what was recorded without looking back. */
const isUnknown = (bytes: Uint8Array, at: number, length: number): boolean =>
  (bytes[at] ?? 0) === 0xff >> (length - 1) &&
  bytes.subarray(at + 1, at + length).every((byte) => byte === 0xff);

/**
 * Elements in their order; those in `entered` give their own elements instead of themselves alone. Ends early, with
 * `undefined` as its last, where no element can be read.
 */
export function* elementsIn(bytes: Uint8Array, entered: ReadonlySet<number>): Generator<Element | undefined> {
  let at = 0;
  while (at < bytes.length) {
    const id = numberAt(bytes, at, LONGEST_ID, true);
    const size = id && numberAt(bytes, at + id.length, LONGEST_SIZE, false);
    if (!id || !size) return yield undefined;
    const begin = at + id.length + size.length;
    const enters = entered.has(id.value);
    const open = isUnknown(bytes, at + id.length, size.length);
    if (!enters && (open || size.value > bytes.length - begin)) return yield undefined;
    yield {
      id: id.value,
      data: enters ? bytes.subarray(begin, begin) : bytes.subarray(begin, begin + size.value),
    };
    at = enters ? begin : begin + size.value;
  }
}
