/** Reads and writes values as MLS has them on the wire (RFC 9420, section 2.1). */

/** Whole numbers of one, two, four and eight bytes, the highest first. */
export const u8 = (value: number): Buffer => Buffer.from([value]);
/** Two bytes. */
export const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
/** Four bytes. */
export const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
/** Eight bytes. */
export const u64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
};

/** A length takes one, two or four bytes, told by its two highest bits. */
const lengthOf = (length: number): Buffer => {
  if (length < 0x40) return u8(length);
  return length < 0x4000 ? u16(length | 0x4000) : u32((length | 0x8000_0000) >>> 0);
};

/** Parts as one vector: their length, and then they. */
export const vector = (...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([lengthOf(body.length), body]);
};

/** What is read from, one value after the other; whatever is cut short throws a RangeError. */
export type Reader = {
  /** Bytes that were read. */
  place(): number;
  isDone(): boolean;
  u8(): number;
  u16(): number;
  u32(): number;
  u64(): bigint;
  vector(): Buffer;
};

/** Reads from a place on. */
export const readerOf = (bytes: Buffer, from = 0): Reader => {
  let place = from;
  const take = (length: number): Buffer => {
    if (place + length > bytes.length) throw new RangeError('an MLS message is cut short');
    place += length;
    return bytes.subarray(place - length, place);
  };
  const reader: Reader = {
    place: () => place,
    isDone: () => place >= bytes.length,
    u8: () => take(1).readUInt8(),
    u16: () => take(2).readUInt16BE(),
    u32: () => take(4).readUInt32BE(),
    u64: () => take(8).readBigUInt64BE(),
    vector: () => {
      const first = reader.u8();
      const more = (1 << (first >> 6)) - 1;
      if (more > 3) throw new RangeError('an MLS message has a length that nothing has');
      const length = [...take(more)].reduce((sum, byte) => sum * 0x100 + byte, first & 0x3f);
      return take(length);
    },
  };
  return reader;
};
