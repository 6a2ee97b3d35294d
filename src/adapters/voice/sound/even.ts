/** Makes packets last 20 milliseconds each, as a call takes them; others (browsers like 60) are decoded and coded anew. */
import { durationOf } from '../recording/opus-packet.ts';
import { openCodec } from './codec.ts';
import { FRAME, FRAME_MS } from './frame.ts';

/** Whether packets can be played as they are. */
export const isEven = (packets: readonly Uint8Array[]): boolean =>
  packets.every((packet) => durationOf(packet) === FRAME_MS);

/** Packets of other lengths as packets of 20 milliseconds; silence where one cannot be decoded. */
export function* evened(packets: Iterable<Uint8Array>, channels: 1 | 2): Generator<Uint8Array> {
  const codec = openCodec(channels);
  const size = FRAME * channels;
  let rest = new Int16Array();
  for (const packet of packets) {
    const lost = new Int16Array(((durationOf(packet) ?? 0) / FRAME_MS) * size);
    const heard = codec.decode(packet) ?? lost;
    const samples = new Int16Array(rest.length + heard.length);
    samples.set(rest);
    samples.set(heard, rest.length);
    let at = 0;
    for (; at + size <= samples.length; at += size) yield codec.encode(samples.subarray(at, at + size));
    rest = samples.slice(at);
  }
}
