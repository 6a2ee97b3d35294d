/** Whoever takes part in a call: a bot behind its sockets, or a person of the sandbox. */
import type { Snowflake } from '../world.ts';
import type { Frame } from './rtp.ts';

/** What the server says to them, by Discord's opcodes. */
export type Participant = {
  readonly userId: Snowflake;
  readonly ssrc: number;
  /** The highest version of DAVE that they can speak; 0 for none. */
  readonly version: number;
  /** Whether they have been told how the call is encrypted; what is said of its group before is lost on them. */
  isReady(): boolean;
  json(op: number, data: unknown): void;
  binary(op: number, payload: Buffer): void;
  /** Somebody else's frame. */
  media(from: Participant, frame: Frame): void;
};

/** Opcodes of the voice gateway (v8), those of DAVE by the names of its white paper. */
export const OP = {
  identify: 0,
  selectProtocol: 1,
  ready: 2,
  heartbeat: 3,
  sessionDescription: 4,
  speaking: 5,
  heartbeatAck: 6,
  resume: 7,
  hello: 8,
  resumed: 9,
  clientsConnect: 11,
  video: 12,
  clientDisconnect: 13,
  mediaSinkWants: 15,
  prepareTransition: 21,
  executeTransition: 22,
  readyForTransition: 23,
  prepareEpoch: 24,
  externalSender: 25,
  keyPackage: 26,
  proposals: 27,
  commitWelcome: 28,
  announceCommit: 29,
  welcome: 30,
  invalidCommitWelcome: 31,
} as const;
