/** How sound is put into packets: Opus at 48 kHz, 20 ms each. */

/** Samples of a second. */
export const RATE = 48_000;
/** Samples of a packet. */
export const PACKET_SAMPLES = 960;
/** Microseconds of a packet, as browsers count. */
export const PACKET_US = 20_000;
/** What says that somebody has fallen silent (Discord, "Voice data interpolation") is no longer than this. */
export const SILENCE_BYTES = 3;
