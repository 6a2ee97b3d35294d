/** Plays packets of several speakers, each a little behind so that none comes too late for its place. */
import { PACKET_MS, RATE } from '../../../voice/opus-packet.ts';

/** What plays until it is closed. */
export type Loudspeaker = {
  play(from: string, packet: Uint8Array<ArrayBuffer>): void;
  close(): void;
};

type Speaker = { decode(packet: Uint8Array<ArrayBuffer>): void; close(): void };

/** Seconds by which a speaker is behind at first, and at most: what comes when more is waiting is lost. */
const BEHIND = 0.1;
const MOST_BEHIND = 0.5;
const MOST_WAITING = 25;
const DECODING = { codec: 'opus', sampleRate: RATE, numberOfChannels: 2 } as const;

const bufferOf = (context: AudioContext, sound: AudioData): AudioBuffer => {
  const { numberOfChannels, numberOfFrames, sampleRate } = sound;
  const buffer = context.createBuffer(numberOfChannels, numberOfFrames, sampleRate);
  for (let channel = 0; channel < numberOfChannels; channel += 1) {
    const samples = new Float32Array(numberOfFrames);
    sound.copyTo(samples, { planeIndex: channel, format: 'f32-planar' });
    buffer.copyToChannel(samples, channel);
  }
  return buffer;
};

/** Plays each piece where the one before it ends, to the sample. */
const startPlaying = (context: AudioContext): ((sound: AudioData) => void) => {
  let next = 0;
  return (sound) => {
    const { currentTime } = context;
    if (next <= currentTime) next = Math.ceil((currentTime + BEHIND) * RATE) / RATE;
    if (next - currentTime < MOST_BEHIND) {
      const source = context.createBufferSource();
      source.buffer = bufferOf(context, sound);
      source.connect(context.destination);
      source.start(next);
      next += sound.numberOfFrames / sound.sampleRate;
    }
    sound.close();
  };
};

const startSpeaker = (context: AudioContext, broken: () => void): Speaker => {
  // Microseconds, as browsers count.
  let timestamp = 0;
  // What is no sound ends a decoder: the next packet begins with another one.
  const decoder = new AudioDecoder({ output: startPlaying(context), error: broken });
  decoder.configure(DECODING);
  return {
    decode(data) {
      if (decoder.decodeQueueSize >= MOST_WAITING) return;
      decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp, data }));
      timestamp += PACKET_MS * 1000;
    },
    close: () => {
      if (decoder.state !== 'closed') decoder.close();
    },
  };
};

const canDecode = async (): Promise<boolean> =>
  'AudioDecoder' in globalThis && (await AudioDecoder.isConfigSupported(DECODING)).supported === true;

/** Begins in silence, or is rejected; to be called when somebody presses something, as browsers demand. */
export const openLoudspeaker = async (): Promise<Loudspeaker> => {
  if (!(await canDecode())) throw new Error('this browser decodes no Opus');
  const context = new AudioContext({ sampleRate: RATE });
  const speakers = new Map<string, Speaker>();
  try {
    await context.resume();
  } catch (error) {
    void context.close();
    throw error;
  }
  return {
    play(from, packet) {
      const speaker = speakers.get(from) ?? startSpeaker(context, () => speakers.delete(from));
      speakers.set(from, speaker);
      speaker.decode(packet);
    },
    close() {
      for (const speaker of speakers.values()) speaker.close();
      speakers.clear();
      void context.close();
    },
  };
};
