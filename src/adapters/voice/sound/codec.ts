/**
 * Opus, as opusscript's WebAssembly. Its own wrapper keeps the addresses of samples in the wrong unit, so that about
 * thirty codecs write over each other and all of them fail when the memory grows; and it keeps what was decoded. So the
 * module is used itself, one instance a codec, whose whole memory can be emptied.
 */
import { createRequire } from 'node:module';
import { FRAME, RATE } from './frame.ts';

interface Handler {
  _encode(samples: number, bytes: number, packet: number, frame: number): number;
  /** Samples of each channel, or a negative number that says what is wrong. */
  _decode(packet: number, bytes: number, samples: number): number;
}

interface Opus {
  readonly HEAPU8: Uint8Array;
  readonly HEAPU16: Uint16Array;
  readonly OpusScriptHandler: new (rate: number, channels: number, application: number) => Handler;
  _malloc(bytes: number): number;
}

// What opusscript itself loads; the module has no types of its own.
const makeOpus = createRequire(import.meta.url)('opusscript/build/opusscript_native_wasm.js') as () => Opus;

/** Meant for any sound, not for speech alone. */
const AUDIO = 2_049;
const LONGEST_PACKET = 1_276 * 3;
/** Milliseconds of the longest packet that is decoded. */
const LONGEST_MS = 60;

export interface Codec {
  /** One frame, of as many channels as the codec has, interleaved. */
  encode(samples: Int16Array): Uint8Array;
  /** Samples of all channels, interleaved; undefined for what is not Opus. */
  decode(packet: Uint8Array): Int16Array | undefined;
  /** Empties all memory in which anything that was said was held. The codec cannot be used any more. */
  forget(): void;
}

/** The module takes and gives bytes of samples each in a cell of 16 bits. */
const CELL = 2;

/** A codec of one or two channels. */
export const openCodec = (channels: 1 | 2): Codec => {
  const opus = makeOpus();
  const handler = new opus.OpusScriptHandler(RATE, channels, AUDIO);
  const samplesAt = opus._malloc(
    (RATE / 1_000) * LONGEST_MS * channels * Int16Array.BYTES_PER_ELEMENT * CELL,
  );
  const packetAt = opus._malloc(LONGEST_PACKET);
  const cells = samplesAt / CELL;
  return {
    encode: (samples) => {
      const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
      opus.HEAPU16.set(bytes, cells);
      const length = handler._encode(samplesAt, bytes.length, packetAt, FRAME);
      if (length <= 0) throw new RangeError('Opus does not encode such a frame');
      return opus.HEAPU8.slice(packetAt, packetAt + length);
    },
    decode: (packet) => {
      if (packet.length === 0 || packet.length > LONGEST_PACKET) return undefined;
      opus.HEAPU8.set(packet, packetAt);
      const length = handler._decode(packetAt, packet.length, samplesAt);
      if (length <= 0) return undefined;
      const size = length * channels * Int16Array.BYTES_PER_ELEMENT;
      return new Int16Array(Uint8Array.from(opus.HEAPU16.subarray(cells, cells + size)).buffer);
    },
    forget: () => void opus.HEAPU8.fill(0),
  };
};
