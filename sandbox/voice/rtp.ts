/** Puts frames of sound into packets as Discord has them on the wire, and takes them out again. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';

/** How packets are encrypted between a client and the server. */
export const MODES = ['aead_aes256_gcm_rtpsize', 'aead_xchacha20_poly1305_rtpsize'] as const;
/** One of them. */
export type Mode = (typeof MODES)[number];

/** Where a frame stands in somebody's stream. */
export type Place = { readonly sequence: number; readonly timestamp: number; readonly ssrc: number };
/** A frame on its way, encrypted end to end or not. */
export type Frame = Place & { readonly payload: Buffer };

/** What Discord's server adds: four-byte words of a header extension (RFC 8285), and bytes of padding (RFC 3550). */
export type Trimmings = { readonly extensionWords: number; readonly padding: number };

const FIXED = 12;
const EXTENSION_HEAD = 4;
const TAG = 16;
const COUNTER = 4;
const VERSION_2 = 0x80;
const HAS_PADDING = 0x20;
const HAS_EXTENSION = 0x10;
/** Discord's payload type for Opus. */
const OPUS = 0x78;
const ONE_BYTE_EXTENSIONS = 0xbede;

const nonceOf = (mode: Mode, counter: Buffer): Buffer =>
  Buffer.concat([counter, Buffer.alloc((mode === 'aead_aes256_gcm_rtpsize' ? 12 : 24) - COUNTER)]);

const encrypt = (mode: Mode, key: Buffer, nonce: Buffer, header: Buffer, body: Buffer): Buffer => {
  if (mode === 'aead_xchacha20_poly1305_rtpsize')
    return Buffer.from(xchacha20poly1305(key, nonce, header).encrypt(body));
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(header);
  return Buffer.concat([cipher.update(body), cipher.final(), cipher.getAuthTag()]);
};

const decrypt = (mode: Mode, key: Buffer, nonce: Buffer, header: Buffer, sealed: Buffer): Buffer => {
  if (mode === 'aead_xchacha20_poly1305_rtpsize')
    return Buffer.from(xchacha20poly1305(key, nonce, header).decrypt(sealed));
  const cipher = createDecipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(header);
  cipher.setAuthTag(sealed.subarray(-TAG));
  return Buffer.concat([cipher.update(sealed.subarray(0, -TAG)), cipher.final()]);
};

const headerOf = ({ sequence, timestamp, ssrc }: Place, { extensionWords, padding }: Trimmings): Buffer => {
  const header = Buffer.alloc(FIXED + (extensionWords > 0 ? EXTENSION_HEAD : 0));
  header[0] = VERSION_2 | (extensionWords > 0 ? HAS_EXTENSION : 0) | (padding > 0 ? HAS_PADDING : 0);
  header[1] = OPUS;
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE(timestamp >>> 0, 4);
  header.writeUInt32BE(ssrc, 8);
  if (extensionWords > 0) {
    header.writeUInt16BE(ONE_BYTE_EXTENSIONS, FIXED);
    header.writeUInt16BE(extensionWords, FIXED + 2);
  }
  return header;
};

const paddingOf = (padding: number): Buffer =>
  padding > 0 ? Buffer.concat([Buffer.alloc(padding - 1), Buffer.from([padding])]) : Buffer.alloc(0);

/** Encrypts a frame for one client; `count` goes up with every packet of a connection. */
export const sealFrame = (
  { mode, key, count }: { readonly mode: Mode; readonly key: Buffer; readonly count: number },
  { payload, ...place }: Frame,
  trimmings: Trimmings,
): Buffer => {
  const header = headerOf(place, trimmings);
  const counter = Buffer.alloc(COUNTER);
  counter.writeUInt32BE(count >>> 0);
  // The words of an extension are inside of what is encrypted, unlike its head.
  const extension = Buffer.alloc(4 * trimmings.extensionWords, 0x10);
  const body = Buffer.concat([extension, payload, paddingOf(trimmings.padding)]);
  return Buffer.concat([header, encrypt(mode, key, nonceOf(mode, counter), header, body), counter]);
};

/** Takes a client's frame out of its packet; throws when it was not encrypted with that key. */
export const openFrame = (mode: Mode, key: Buffer, packet: Buffer): Frame => {
  const first = packet.readUInt8(0);
  const fixed = FIXED + 4 * (first & 0x0f);
  const extended = (first & HAS_EXTENSION) !== 0;
  const words = extended ? packet.readUInt16BE(fixed + 2) : 0;
  const header = packet.subarray(0, fixed + (extended ? EXTENSION_HEAD : 0));
  const counter = packet.subarray(-COUNTER);
  const sealed = packet.subarray(header.length, -COUNTER);
  const body = decrypt(mode, key, nonceOf(mode, counter), header, sealed).subarray(4 * words);
  const padding = (first & HAS_PADDING) === 0 ? 0 : (body.at(-1) ?? 0);
  return {
    sequence: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: packet.readUInt32BE(8),
    payload: body.subarray(0, body.length - padding),
  };
};
