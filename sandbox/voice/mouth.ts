/** Lets a person speak: packet after packet at the pace of sound, as their client would send them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from './call.ts';
import { PACKET_MS, PACKET_SAMPLES } from './opus-packet.ts';
import type { PersonInCall } from './person-in-call.ts';
import { packetsOf, SILENCE_FRAME, type Utterance } from './sound.ts';

/** Frames of silence with which a client ends (Discord, "Voice data interpolation"). */
const ENDING = Array.from({ length: 5 }, () => SILENCE_FRAME);
const SPEAKS = 1;
const SILENT = 0;
/** Milliseconds without a packet after which a client that passes them on has fallen silent. */
const QUIET_AFTER = 200;
/** How many packets may come at once from a client that was held up; what is more is lost. */
const MOST_AT_ONCE = 25;

/** The mouth of somebody in a call. */
export type Mouth = {
  /** Says something, and resolves when it is said. */
  say(call: Call, utterance: Utterance): Promise<void>;
  /** Says a packet that comes at this moment; it is lost while something else is said, or when it is one too many. */
  pass(call: Call, packet: Buffer): void;
};

/** Lets through as much as there is sound in the time. */
const startPace = (): (() => boolean) => {
  let left = MOST_AT_ONCE;
  let at = performance.now();
  return () => {
    const now = performance.now();
    left = Math.min(MOST_AT_ONCE, left + (now - at) / PACKET_MS);
    at = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
};

/** A stream of somebody's own: its numbers go on from one utterance to the next. */
export const mouthOf = (person: PersonInCall): Mouth => {
  let [sequence, timestamp] = [0, 0];
  let utterances = 0;
  let quiet: NodeJS.Timeout | undefined;
  const isInPace = startPace();
  const isThere = (call: Call): boolean => call.people.get(person.userId) === person;
  const begin = (call: Call): void => {
    if (call.maySpeak(person.userId)) call.announceSpeaking(person, SPEAKS);
  };
  const send = (call: Call, packet: Buffer): void => {
    sequence = (sequence + 1) & 0xffff;
    timestamp = (timestamp + PACKET_SAMPLES) >>> 0;
    call.forward(person, { sequence, timestamp, ssrc: person.ssrc, payload: person.protect(packet) });
  };
  const fallSilent = (call: Call): void => {
    quiet = undefined;
    if (!isThere(call)) return;
    for (const packet of ENDING) send(call, packet);
    call.announceSpeaking(person, SILENT);
  };
  const say = async (call: Call, utterance: Utterance): Promise<void> => {
    const packets = [...packetsOf(utterance), ...ENDING];
    const begun = performance.now();
    begin(call);
    for (const [index, packet] of packets.entries()) {
      await sleep(Math.max(0, begun + index * PACKET_MS - performance.now()));
      if (!isThere(call)) return;
      send(call, packet);
    }
    call.announceSpeaking(person, SILENT);
  };
  return {
    async say(call, utterance) {
      utterances += 1;
      await say(call, utterance).finally(() => {
        utterances -= 1;
      });
    },
    pass(call, packet) {
      if (utterances > 0 || !isThere(call) || !isInPace()) return;
      if (quiet === undefined) begin(call);
      clearTimeout(quiet);
      quiet = setTimeout(fallSilent, QUIET_AFTER, call).unref();
      send(call, packet);
    },
  };
};
