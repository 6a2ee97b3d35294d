/** Reads as much of MLS messages as whoever delivers them has to know: whose they are, and where each ends. */
import { type Reader, readerOf } from './mls-wire.ts';

/** The first bytes of a key package that is wrapped as a message: version mls10, wire format key package. */
const WRAPPED = '00010005';

const PUBLIC_MESSAGE = { version: 1, wireFormat: 1 } as const;
const MEMBER = 1;
const COMMIT = 3;
const BY_REFERENCE = 2;
const PRESENT = 1;

/** Where a leaf comes from: a key package has a lifetime, a commit the hash of its parent. */
const FROM_KEY_PACKAGE = 1;
const FROM_COMMIT = 3;
/** Versions, cipher suites, extensions, proposals, credentials. */
const CAPABILITIES = 5;

const skip = (reader: Reader, vectors: number): void => {
  for (let left = vectors; left > 0; left -= 1) reader.vector();
};

/** Reads a leaf and tells the identity of its credential. */
const readLeaf = (reader: Reader): Buffer => {
  skip(reader, 2);
  reader.u16();
  const identity = reader.vector();
  skip(reader, CAPABILITIES);
  const source = reader.u8();
  if (source === FROM_KEY_PACKAGE) {
    reader.u64();
    reader.u64();
  } else if (source === FROM_COMMIT) reader.vector();
  skip(reader, 2);
  return identity;
};

/** A key package, and whose it says it is. */
export type KeyPackage = { readonly userId: string; readonly bytes: Buffer };

/** Reads opcode 26, with or without the message around it. */
export const readKeyPackage = (message: Buffer): KeyPackage => {
  const start = message.subarray(0, 4).toString('hex') === WRAPPED ? 4 : 0;
  const reader = readerOf(message, start);
  reader.u16();
  reader.u16();
  skip(reader, 1);
  const identity = readLeaf(reader);
  skip(reader, 2);
  return { userId: String(identity.readBigUInt64BE(0)), bytes: message.subarray(start, reader.place()) };
};

/** A commit, with the welcome for those whom it lets in. */
export type CommitWelcome = {
  readonly groupId: bigint;
  readonly epoch: bigint;
  /** How many proposals it takes up; it may bring none of its own. */
  readonly references: number;
  readonly commit: Buffer;
  readonly welcome: Buffer;
};

const countReferences = (proposals: Reader): number => {
  let references = 0;
  for (; !proposals.isDone(); references += 1) {
    if (proposals.u8() !== BY_REFERENCE) throw new RangeError('a commit brings a proposal of its own');
    proposals.vector();
  }
  return references;
};

/** Reads opcode 28: the commit is walked through to find where the welcome begins. */
export const readCommitWelcome = (payload: Buffer): CommitWelcome => {
  const reader = readerOf(payload);
  const { version, wireFormat } = PUBLIC_MESSAGE;
  if (reader.u16() !== version || reader.u16() !== wireFormat) throw new RangeError('a commit is not public');
  const groupId = reader.vector().readBigUInt64BE(0);
  const epoch = reader.u64();
  const sender = reader.u8();
  if (sender === MEMBER) reader.u32();
  skip(reader, 1);
  if (reader.u8() !== COMMIT) throw new RangeError('a message is no commit');
  const references = countReferences(readerOf(reader.vector()));
  if (reader.u8() === PRESENT) {
    readLeaf(reader);
    skip(reader, 1);
  }
  // The signature, the confirmation, and from a member of the group that they are one.
  skip(reader, sender === MEMBER ? 3 : 2);
  const end = reader.place();
  return { groupId, epoch, references, commit: payload.subarray(0, end), welcome: payload.subarray(end) };
};
