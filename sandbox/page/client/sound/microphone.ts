/** Makes packets of what somebody says into their microphone, while they speak and may. */
import { PACKET_MS, PACKET_SAMPLES, RATE } from '../../../voice/opus-packet.ts';

/** What a microphone is opened with. */
export type MicrophoneParts = {
  /** Whether nothing is to be sent at this moment. */
  isMuted(): boolean;
  send(packet: Uint8Array<ArrayBuffer>): void;
  /** It was unplugged, or taken away by the browser. */
  lost(): void;
};

/** Microseconds of a packet, as browsers count. */
const PACKET_US = PACKET_MS * 1000;
/** Root mean square of a frame, to full scale, from which on somebody speaks: -50 dBFS. */
const SPEAKS_FROM = 10 ** (-50 / 20);
/** Frames for which somebody still speaks who has become quiet: 400 ms. */
const LINGER = 20;
const MOST_WAITING = 25;
const ENCODING = {
  ...{ codec: 'opus', sampleRate: RATE, numberOfChannels: 1, bitrate: 32_000 },
  opus: { frameDuration: PACKET_US, application: 'voip' },
} as const;

const loudness = (frame: Float32Array): number =>
  Math.sqrt(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length);

/** Tells frame by frame whether somebody speaks, as clients do: silence is not sent. */
const startNoticing = (): ((frame: Float32Array) => boolean) => {
  let left = 0;
  return (frame) => {
    left = loudness(frame) >= SPEAKS_FROM ? LINGER : Math.max(0, left - 1);
    return left > 0;
  };
};

const startEncoding = (send: MicrophoneParts['send'], lost: () => void) => {
  let timestamp = 0;
  const encoder = new AudioEncoder({
    output: (chunk) => {
      const packet = new Uint8Array(chunk.byteLength);
      chunk.copyTo(packet);
      send(packet);
    },
    error: lost,
  });
  encoder.configure(ENCODING);
  return {
    encode(data: Float32Array<ArrayBuffer>): void {
      if (encoder.state === 'closed' || encoder.encodeQueueSize >= MOST_WAITING) return;
      const form = { format: 'f32-planar', sampleRate: RATE, numberOfChannels: 1 } as const;
      const sound = new AudioData({ ...form, numberOfFrames: PACKET_SAMPLES, timestamp, data });
      encoder.encode(sound);
      sound.close();
      timestamp += PACKET_US;
    },
    close(): void {
      if (encoder.state !== 'closed') encoder.close();
    },
  };
};

/** Whether this browser can send a microphone. */
export const canSpeak = async (): Promise<boolean> =>
  'AudioEncoder' in globalThis &&
  'AudioWorkletNode' in globalThis &&
  'mediaDevices' in navigator &&
  (await AudioEncoder.isConfigSupported(ENCODING)).supported === true;

/** What somebody reads whose microphone could not be opened. */
export const whyNoMicrophone = (error: unknown): string => {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError') return 'The microphone was not allowed, so nothing is sent.';
  if (name === 'NotFoundError') return 'No microphone was found, so nothing is sent.';
  return 'The microphone could not be opened, so nothing is sent.';
};

const capture = async (stream: MediaStream, take: (frame: Float32Array<ArrayBuffer>) => void) => {
  const context = new AudioContext({ sampleRate: RATE });
  try {
    await context.audioWorklet.addModule('/page/frames.js');
    const frames = new AudioWorkletNode(context, 'frames', { numberOfOutputs: 0 });
    frames.port.onmessage = ({ data }) => take(data);
    context.createMediaStreamSource(stream).connect(frames);
    await context.resume();
    return context;
  } catch (error) {
    // A browser holds the sound of few of them open at once.
    void context.close();
    throw error;
  }
};

/** Asks for the microphone and opens it, until the given function is called; rejected when that cannot be. */
export const openMicrophone = async ({ isMuted, send, lost }: MicrophoneParts): Promise<() => void> => {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true } });
  const tracks = stream.getTracks();
  const release = (): void => {
    for (const track of tracks) track.stop();
  };
  const encoding = startEncoding(send, lost);
  const speaks = startNoticing();
  try {
    const context = await capture(stream, (frame) => {
      if (speaks(frame) && !isMuted()) encoding.encode(frame);
    });
    for (const track of tracks) track.onended = lost;
    return () => {
      release();
      encoding.close();
      void context.close();
    };
  } catch (error) {
    release();
    encoding.close();
    throw error;
  }
};
