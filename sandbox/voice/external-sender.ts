/** Proposes who is let into a group and who is put out of it, as the voice server does from outside of it. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { u8, u16, u32, u64, vector } from './mls-wire.ts';

/** For which group, at which of its epochs, a proposal is meant. */
export type When = { readonly groupId: bigint; readonly epoch: bigint };

/** The server's own hand in a group; each proposal is a whole message. */
export type ExternalSender = {
  /** What opcode 25 carries. */
  readonly introduction: Buffer;
  add(when: When, keyPackage: Buffer): Buffer;
  remove(when: When, leaf: number): Buffer;
};

/** MLS 1.0, told as a public message: what a signed message begins with. */
const HEAD = Buffer.concat([u16(1), u16(1)]);
const EXTERNAL = u8(2);
const FIRST = u32(0);
const PROPOSAL = u8(2);
const ADD = u16(1);
const REMOVE = u16(3);
const BASIC_CREDENTIAL = u16(1);
/** Discord's own is one zero byte. */
const IDENTITY = u8(0);
const UNCOMPRESSED = u8(4);
const LABEL = Buffer.from('MLS 1.0 FramedContentTBS');

const coordinate = (value: string | undefined): Buffer => Buffer.from(value ?? '', 'base64url');

/** A sender with a key of its own. */
export const makeExternalSender = (): ExternalSender => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([UNCOMPRESSED, coordinate(x), coordinate(y)]);
  const proposal = ({ groupId, epoch }: When, body: Buffer): Buffer => {
    const place = [vector(u64(groupId)), u64(epoch), EXTERNAL, FIRST, vector()];
    const content = Buffer.concat([HEAD, ...place, PROPOSAL, body]);
    const signed = Buffer.concat([vector(LABEL), vector(content)]);
    const signature = sign('sha256', signed, { key: privateKey, dsaEncoding: 'der' });
    return Buffer.concat([content, vector(signature)]);
  };
  return {
    introduction: Buffer.concat([vector(point), BASIC_CREDENTIAL, vector(IDENTITY)]),
    add: (when, keyPackage) => proposal(when, Buffer.concat([ADD, keyPackage])),
    remove: (when, leaf) => proposal(when, Buffer.concat([REMOVE, u32(leaf)])),
  };
};
