/** The check sum of Ogg pages (RFC 3533): whether a file is as it was written. */

const POLYNOMIAL = 0x04c11db7;
const BITS = 8;

const TABLE: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < BITS; bit += 1) sum = (sum << 1) ^ (sum < 0 ? POLYNOMIAL : 0);
  return sum >>> 0;
});

/** Where a page keeps its own sum, which counts as zeros. */
const SUM_AT = 22;
const SUM_BYTES = 4;

/** The sum of a whole page. */
export const sumOf = (page: Uint8Array): number => {
  let sum = 0;
  for (let index = 0; index < page.length; index += 1) {
    const counted = index >= SUM_AT && index < SUM_AT + SUM_BYTES ? 0 : (page[index] ?? 0);
    sum = ((sum << 8) ^ (TABLE[((sum >>> 24) ^ counted) & 0xff] ?? 0)) >>> 0;
  }
  return sum;
};
