/** Reads as much of MLS messages as whoever delivers them has to know: whose they are, whether they hold, and where each ends. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { type Reader, readerOf, u16, vector } from './mls-wire.ts';

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

/** Reads a leaf and tells the identity of its credential, and with which key its owner signs. */
const readLeaf = (reader: Reader): { readonly identity: Buffer; readonly signer: Buffer } => {
  skip(reader, 1);
  const signer = reader.vector();
  reader.u16();
  const identity = reader.vector();
  skip(reader, CAPABILITIES);
  const source = reader.u8();
  if (source === FROM_KEY_PACKAGE) {
    reader.u64();
    reader.u64();
  } else if (source === FROM_COMMIT) reader.vector();
  skip(reader, 2);
  return { identity, signer };
};

const LABEL = Buffer.from('MLS 1.0 KeyPackageTBS');
/** A point of P-256 that is not compressed: a byte that says so, and two coordinates. */
const COORDINATE = 32;

const isSigned = (signer: Buffer, content: Buffer, signature: Buffer): boolean => {
  const coordinate = (from: number): string => signer.subarray(from, from + COORDINATE).toString('base64url');
  try {
    const jwk = { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(1 + COORDINATE) };
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const signed = Buffer.concat([vector(LABEL), vector(content)]);
    return verify('sha256', signed, { key, dsaEncoding: 'der' }, signature);
  } catch {
    // A key that is no point of the curve signs nothing.
    return false;
  }
};

/** A key package, and whose it says it is. */
export type KeyPackage = { readonly userId: string; readonly bytes: Buffer };

/** Reads opcode 26, with or without the message around it; a RangeError tells that nobody could let them in by it. */
export const readKeyPackage = (message: Buffer): KeyPackage => {
  const start = message.subarray(0, 4).toString('hex') === WRAPPED ? 4 : 0;
  const reader = readerOf(message, start);
  reader.u16();
  reader.u16();
  skip(reader, 1);
  const { identity, signer } = readLeaf(reader);
  skip(reader, 1);
  const content = message.subarray(start, reader.place());
  if (!isSigned(signer, content, reader.vector())) throw new RangeError('a key package is not signed');
  return { userId: String(identity.readBigUInt64BE(0)), bytes: message.subarray(start, reader.place()) };
};

/** A commit, with the welcome for those whom it lets in. */
export type CommitWelcome = {
  readonly groupId: bigint;
  readonly epoch: bigint;
  /** The proposals that it takes up, as `referenceTo` names them; it may bring none of its own. */
  readonly references: readonly string[];
  readonly commit: Buffer;
  readonly welcome: Buffer;
};

const readReferences = (proposals: Reader): readonly string[] => {
  const references: string[] = [];
  while (!proposals.isDone()) {
    if (proposals.u8() !== BY_REFERENCE) throw new RangeError('a commit brings a proposal of its own');
    references.push(proposals.vector().toString('hex'));
  }
  return references;
};

const REFERENCE = Buffer.from('MLS 1.0 Proposal Reference');

/** What a proposal is called by whoever takes it up, in hexadecimal (RFC 9420, section 5.2). */
export const referenceTo = (proposal: Buffer): string => {
  const withoutVersion = proposal.subarray(u16(0).length);
  return createHash('sha256')
    .update(Buffer.concat([vector(REFERENCE), vector(withoutVersion)]))
    .digest('hex');
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
  const references = readReferences(readerOf(reader.vector()));
  if (reader.u8() === PRESENT) {
    readLeaf(reader);
    skip(reader, 1);
  }
  // The signature, the confirmation, and from a member of the group that they are one.
  skip(reader, sender === MEMBER ? 3 : 2);
  const end = reader.place();
  return { groupId, epoch, references, commit: payload.subarray(0, end), welcome: payload.subarray(end) };
};
