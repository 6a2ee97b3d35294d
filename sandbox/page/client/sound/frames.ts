/** Runs where the browser hands out sound, beside the page: puts together what a packet holds, and passes it on. */
import { PACKET_SAMPLES } from '../../../voice/opus-packet.ts';

// What stands in that place, which TypeScript's own library of browsers leaves out.
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare const registerProcessor: (name: string, processor: typeof AudioWorkletProcessor) => void;

class Frames extends AudioWorkletProcessor {
  #frame = new Float32Array(PACKET_SAMPLES);
  #filled = 0;

  /** Called with 128 samples a channel; true, for more is to come. */
  process([input]: readonly (readonly Float32Array[])[]): boolean {
    for (const sample of input?.[0] ?? []) this.#add(sample);
    return true;
  }

  #add(sample: number): void {
    this.#frame[this.#filled] = sample;
    this.#filled += 1;
    if (this.#filled < PACKET_SAMPLES) return;
    this.port.postMessage(this.#frame, [this.#frame.buffer]);
    this.#frame = new Float32Array(PACKET_SAMPLES);
    this.#filled = 0;
  }
}

registerProcessor('frames', Frames);
