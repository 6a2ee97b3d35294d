/** The measures of sound in a call: Opus frames of 20 milliseconds at 48,000 samples a second. */
import { SECOND } from '../../../core/time.ts';

/** Samples a second. */
export const RATE = 48_000;
/** Milliseconds of a frame, which is sent as one packet. */
export const FRAME_MS = 20;
/** Samples of a frame, of one channel. */
export const FRAME = (RATE / SECOND) * FRAME_MS;

/** Samples between silence and the loudest of 16 bits. */
export const FULL_SCALE = 32_768;

/** What Discord's clients send, plain, when somebody falls silent. */
export const SILENCE: Uint8Array = Uint8Array.of(0xf8, 0xff, 0xfe);

/** Whether a packet is that silence. */
export const isSilence = (packet: Uint8Array): boolean =>
  packet.length === SILENCE.length && packet.every((byte, index) => byte === SILENCE[index]);

/** Amplitude between 0 and 1 of so many decibels below full scale. */
export const amplitudeOf = (dB: number): number => 10 ** (dB / 20);
