/** Makes sounds for people to say, and measures what they heard: Opus in stereo. */
import OpusScript from 'opusscript';
import { PACKET_MS, PACKET_SAMPLES, RATE, SILENCE } from './opus-packet.ts';

const CHANNELS = 2;
/** Silence, as it is sent. */
export const SILENCE_FRAME = Buffer.from(SILENCE);

const FULL_SCALE = 32_768;
const MOST = 32_767;

/** A sound for somebody to say. `dBFS` is that of a sine's root mean square; above -3 it is clipped. */
export type Utterance =
  | { readonly tone: { readonly hertz: number; readonly dBFS: number }; readonly ms: number }
  | { readonly silenceMs: number }
  | { readonly packets: readonly Buffer[] };

type Codec = InstanceType<typeof OpusScript>;

const using = <T>(work: (codec: Codec) => T): T => {
  const codec = new OpusScript(RATE, CHANNELS, OpusScript.Application.AUDIO);
  try {
    return work(codec);
  } finally {
    codec.delete();
  }
};

const sampleAt = (hertz: number, amplitude: number, index: number): number =>
  Math.max(-MOST, Math.min(MOST, Math.round(amplitude * Math.sin((2 * Math.PI * hertz * index) / RATE))));

const tonePacket = (hertz: number, amplitude: number, packet: number): Buffer => {
  const pcm = Buffer.alloc(PACKET_SAMPLES * CHANNELS * 2);
  for (let index = 0; index < PACKET_SAMPLES; index += 1) {
    const value = sampleAt(hertz, amplitude, packet * PACKET_SAMPLES + index);
    pcm.writeInt16LE(value, index * 4);
    pcm.writeInt16LE(value, index * 4 + 2);
  }
  return pcm;
};

const tone = (hertz: number, dBFS: number, ms: number): readonly Buffer[] => {
  const amplitude = FULL_SCALE * Math.SQRT2 * 10 ** (dBFS / 20);
  return using((codec) =>
    Array.from({ length: Math.ceil(ms / PACKET_MS) }, (_, packet) =>
      Buffer.from(codec.encode(tonePacket(hertz, amplitude, packet), PACKET_SAMPLES)),
    ),
  );
};

/** The packets of an utterance. */
export const packetsOf = (utterance: Utterance): readonly Buffer[] => {
  if ('packets' in utterance) return utterance.packets;
  return 'tone' in utterance
    ? tone(utterance.tone.hertz, utterance.tone.dBFS, utterance.ms)
    : tone(0, -200, utterance.silenceMs);
};

/** What a stretch of sound was like. */
export type Measured = {
  /** Root mean square, in decibels below full scale; -120 for silence. */
  readonly dBFS: number;
  /** The pitch that stands out, in hertz, by how often the wave goes up through zero. */
  readonly hertz: number;
  readonly ms: number;
};

const decoded = (packets: readonly Buffer[]): Int16Array =>
  using((codec) => {
    const pcm = Buffer.concat(packets.map((packet) => Buffer.from(codec.decode(packet))));
    return new Int16Array(pcm.buffer, pcm.byteOffset, pcm.length / 2).filter(
      (_, index) => index % CHANNELS === 0,
    );
  });

/** Measures packets of one speaker. */
export const measure = (packets: readonly Buffer[]): Measured => {
  const samples = decoded(packets);
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  const rises = samples.reduce(
    (count, sample, index) => count + Number(sample >= 0 && (samples[index - 1] ?? 0) < 0),
    0,
  );
  return {
    dBFS: Math.max(-120, 20 * Math.log10(Math.sqrt(power) / FULL_SCALE)),
    hertz: samples.length === 0 ? 0 : (rises * RATE) / samples.length,
    ms: packets.length * PACKET_MS,
  };
};
