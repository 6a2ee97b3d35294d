/** Lets a person speak: packet after packet at the pace of sound, as their client would send them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from './call.ts';
import type { PersonInCall } from './person-in-call.ts';
import { PACKET_MS, PACKET_SAMPLES, packetsOf, SILENCE_FRAME, type Utterance } from './sound.ts';

/** Frames of silence with which a client ends (Discord, "Voice data interpolation"). */
const ENDING = Array.from({ length: 5 }, () => SILENCE_FRAME);
const SPEAKS = 1;
const SILENT = 0;

/** Says something in a call, and resolves when it is said. */
export type Mouth = (call: Call, utterance: Utterance) => Promise<void>;

/** A stream of somebody's own: its numbers go on from one utterance to the next. */
export const mouthOf = (person: PersonInCall): Mouth => {
  let [sequence, timestamp] = [0, 0];
  return async (call, utterance) => {
    const packets = [...packetsOf(utterance), ...ENDING];
    const begun = performance.now();
    call.announceSpeaking(person, SPEAKS);
    for (const [index, packet] of packets.entries()) {
      await sleep(Math.max(0, begun + index * PACKET_MS - performance.now()));
      if (call.people.get(person.userId) !== person) return;
      sequence = (sequence + 1) & 0xffff;
      timestamp = (timestamp + PACKET_SAMPLES) >>> 0;
      call.forward(person, { sequence, timestamp, ssrc: person.ssrc, payload: person.protect(packet) });
    }
    call.announceSpeaking(person, SILENT);
  };
};
