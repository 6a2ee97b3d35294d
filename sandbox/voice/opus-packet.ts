/** Knows a packet of Opus from its outside: how long it lasts, and whether it is one as clients of Discord send them. */

/** Samples of a second, in each channel. */
export const RATE = 48_000;
/** Milliseconds of a packet. */
export const PACKET_MS = 20;
/** Samples of a packet, in each channel. */
export const PACKET_SAMPLES = (RATE * PACKET_MS) / 1000;
/** What clients say when they fall silent (Discord, "Voice data interpolation"): five of these. */
export const SILENCE = [0xf8, 0xff, 0xfe] as const;

/** The most bytes of one (RFC 6716, 3.2.1 and 3.4): its first, and those of a single frame. */
export const MOST_PACKET_BYTES = 1 + 1275;

const CONFIGURATIONS_OF_SILK = 12;
const CONFIGURATIONS_OF_BOTH = 16;

/** Whether frames of a configuration last 20 ms (RFC 6716, table 2). */
const lasts20Ms = (configuration: number): boolean => {
  if (configuration < CONFIGURATIONS_OF_SILK) return configuration % 4 === 1;
  return configuration < CONFIGURATIONS_OF_BOTH ? configuration % 2 === 1 : configuration % 4 === 3;
};

/** Whether bytes can be a packet of one frame of 20 ms. */
export const isOpusPacket = (bytes: Uint8Array): boolean => {
  const [first] = bytes;
  if (first === undefined || bytes.length > MOST_PACKET_BYTES) return false;
  const hasOneFrame = (first & 0b11) === 0;
  return hasOneFrame && lasts20Ms(first >> 3);
};
