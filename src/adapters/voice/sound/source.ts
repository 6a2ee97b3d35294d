/** What can be played: Opus packets of 20 milliseconds, made or read while they are needed, from any moment on. */
import type { Score } from '../../../core/sound.ts';
import { durationOf } from '../recording/opus-packet.ts';
import { readRecording } from '../recording/recordings.ts';
import { openCodec } from './codec.ts';
import { evened, isEven } from './even.ts';
import { FRAME_MS } from './frame.ts';
import { easedIn, frameOf, framesOf } from './tones.ts';

export interface Source {
  readonly lengthMs: number;
  /** From so many milliseconds on; whole frames are played. */
  packets(fromMs: number): IterableIterator<Uint8Array>;
}

function* packetsOfScore(score: Score, first: number): Generator<Uint8Array> {
  const codec = openCodec(1);
  for (let number = first; number < framesOf(score); number += 1) {
    const samples = frameOf(score, number);
    yield codec.encode(number === first && first > 0 ? easedIn(samples) : samples);
  }
}

/** A score, synthesised frame by frame. */
export const sourceOfScore = (score: Score): Source => ({
  lengthMs: score.lengthMs,
  packets: (fromMs) => packetsOfScore(score, Math.floor(fromMs / FRAME_MS)),
});

/** Packets that are there already, as they are. */
export const sourceOfPackets = (packets: readonly Uint8Array[]): Source => ({
  lengthMs: packets.length * FRAME_MS,
  packets: (fromMs) => packets.slice(Math.floor(fromMs / FRAME_MS)).values(),
});

/** Packets from that moment on, however long each lasts. */
function* since(packets: readonly Uint8Array[], fromMs: number): Generator<Uint8Array> {
  let ms = 0;
  for (const packet of packets) {
    if (ms >= fromMs) yield packet;
    ms += durationOf(packet) ?? 0;
  }
}

/** A sound file; undefined when it cannot be played. */
export const sourceOfRecording = (bytes: Uint8Array): Source | undefined => {
  const recording = readRecording(bytes);
  if (!recording.ok) return undefined;
  const { packets, channels, durationMs } = recording;
  if (isEven(packets)) return sourceOfPackets(packets);
  return {
    lengthMs: durationMs,
    packets: (fromMs) => evened(since(packets, fromMs), channels === 1 ? 1 : 2),
  };
};
