/** One client of the voice gateway: what it says and is told, and the frames that it sends and gets. */
import { randomBytes } from 'node:crypto';
import type { RawData, WebSocket } from 'ws';
import { isObject } from '../check/schema.ts';
import type { Call } from './call.ts';
import { CLOSE } from './close.ts';
import type { Admission, Grant, Said } from './grants.ts';
import { u8, u16 } from './mls-wire.ts';
import { OP, type Participant } from './participant.ts';
import { type Frame, MODES, type Mode, openFrame, sealFrame, type Trimmings } from './rtp.ts';
import type { Tally } from './tally.ts';

/** What a client works with. */
export type SocketParts = {
  readonly heartbeatMs: number;
  readonly modes: readonly Mode[];
  readonly udpPort: number;
  nextSsrc(): number;
  admit(said: Said): Admission;
  /** The client whose connection goes on in another socket. */
  resume(said: { token: unknown; sessionId: unknown }): VoiceSocket | undefined;
  callOf(grant: Grant): Call;
  trimmings(): Trimmings;
  readonly tally: Tally;
  /** Sends a packet, or loses it. */
  send(packet: Buffer, to: { readonly address: string; readonly port: number }): void;
  /** It is gone for good. */
  gone(socket: VoiceSocket): void;
};

/** A client that is connected, or may still resume. */
export type VoiceSocket = {
  readonly participant: Participant | undefined;
  readonly grant: Grant | undefined;
  /** A packet that came from it by UDP. */
  receive(packet: Buffer): void;
  /** Goes on in another socket, from what that one has seen. */
  takeOver(socket: WebSocket, seen: number): void;
  close(code: number, reason: string): void;
  /** Ends the socket without a word. */
  cut(): void;
  /** Sends bytes as they are, which need not make sense. */
  raw(bytes: Buffer): void;
  /** Where its packets go; undefined before it has said so. */
  address(): { readonly address: string; readonly port: number } | undefined;
  /** Whether it is connected at this moment, and not only may come back. */
  stands(): boolean;
};

/** After these a client may come back and go on. */
const RESUMABLE = new Set<number>([1001, 1006, CLOSE.serverCrashed]);
const RESUME_WITHIN_MS = 5_000;
const KEPT = 500;

class SocketError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const decoded = (raw: RawData): { readonly op: number; readonly d: unknown } => {
  try {
    const message: unknown = JSON.parse(String(raw));
    if (isObject(message) && typeof message['op'] === 'number') return { op: message['op'], d: message['d'] };
  } catch {
    // Falls through to the close below, which says so to the client.
  }
  throw new SocketError(CLOSE.decode, 'Failed to decode payload.');
};

/** What is done about each opcode. */
type Obeying = Readonly<Record<number, (d: unknown) => void>>;

const read = (data: unknown, name: string): unknown => Reflect.get(Object(data), name);

/** Takes over a socket that has just been opened. */
export const openVoiceSocket = (first: WebSocket, parts: SocketParts): VoiceSocket => {
  const key = randomBytes(32);
  const kept: { readonly seq: number; readonly data: string | Buffer }[] = [];
  let socket = first;
  let seq = 0;
  let packets = 0;
  let grant: Grant | undefined;
  let call: Call | undefined;
  let participant: Participant | undefined;
  let mode: Mode | undefined;
  let address: { address: string; port: number } | undefined;
  let isDescribed = false;
  let heartAt = Date.now();

  const put = (data: string | Buffer): void => {
    if (socket.readyState === socket.OPEN) socket.send(data);
  };
  const keep = (data: string | Buffer): void => {
    kept.push({ seq, data });
    if (kept.length > KEPT) kept.shift();
    put(data);
  };
  const say = (op: number, d: unknown): void => put(JSON.stringify({ op, d }));
  const json = (op: number, d: unknown): void => {
    seq += 1;
    keep(JSON.stringify({ op, d, seq }));
  };
  const binary = (op: number, payload: Buffer): void => {
    seq += 1;
    keep(Buffer.concat([u16(seq & 0xffff), u8(op), payload]));
  };
  const media = (_from: Participant, frame: Frame): void => {
    const userId = grant?.userId ?? '';
    if (!address || !mode) {
      parts.tally.dropped(userId, 'no-address');
      return;
    }
    packets += 1;
    parts.tally.sent(userId);
    parts.send(sealFrame({ mode, key, count: packets }, frame, parts.trimmings()), address);
  };

  const opened = (packet: Buffer): Frame | undefined => {
    try {
      return mode && openFrame(mode, key, packet);
    } catch {
      // Whatever is wrong with it, it is counted as what nobody can read.
      return undefined;
    }
  };

  const identify = (d: unknown): void => {
    if (participant) throw new SocketError(CLOSE.alreadyAuthenticated, 'Already authenticated.');
    const said = { token: read(d, 'token'), userId: read(d, 'user_id'), guildId: read(d, 'server_id') };
    const admission = parts.admit({ ...said, sessionId: read(d, 'session_id') });
    if (!admission.ok) throw new SocketError(admission.code, 'Not admitted.');
    const version = Number(read(d, 'max_dave_protocol_version') ?? 0);
    if (version === 0) throw new SocketError(CLOSE.needsDave, 'E2EE/DAVE protocol required');
    grant = admission.grant;
    const ssrc = parts.nextSsrc();
    participant = { userId: grant.userId, ssrc, version, isReady: () => isDescribed, json, binary, media };
    json(OP.ready, { ssrc, ip: '127.0.0.1', port: parts.udpPort, modes: parts.modes, experiments: [] });
    call = parts.callOf(grant);
    call.enter(participant);
  };
  const selectProtocol = (d: unknown): void => {
    const data = read(d, 'data');
    mode = MODES.find((each) => each === read(data, 'mode') && parts.modes.includes(each));
    if (read(d, 'protocol') !== 'udp' || !mode)
      throw new SocketError(CLOSE.unknownMode, 'Unknown encryption mode.');
    address = { address: String(read(data, 'address')), port: Number(read(data, 'port')) };
    const dave_protocol_version = call?.delivery.negotiated() ?? 0;
    json(OP.sessionDescription, { mode, secret_key: [...key], audio_codec: 'opus', dave_protocol_version });
    isDescribed = true;
    call?.delivery.settle();
  };
  const resume = (d: unknown): void => {
    if (participant) throw new SocketError(CLOSE.alreadyAuthenticated, 'Already authenticated.');
    const earlier = parts.resume({ token: read(d, 'token'), sessionId: read(d, 'session_id') });
    if (!earlier) throw new SocketError(CLOSE.sessionGone, 'Session no longer valid.');
    socket.removeAllListeners();
    clearInterval(watch);
    earlier.takeOver(socket, Number(read(d, 'seq_ack') ?? -1));
    parts.gone(self);
  };
  const beat = (d: unknown): void => {
    heartAt = Date.now();
    say(OP.heartbeatAck, { t: read(d, 't') });
  };
  /** What may be said before it is known who speaks. */
  const greetings: Obeying = { [OP.heartbeat]: beat, [OP.identify]: identify, [OP.resume]: resume };
  const authenticated = (): { readonly call: Call; readonly participant: Participant } => {
    if (!call || !participant) throw new SocketError(CLOSE.notAuthenticated, 'Not authenticated.');
    return { call, participant };
  };
  const requests: Obeying = {
    [OP.selectProtocol]: selectProtocol,
    [OP.speaking]: (d) => call?.announceSpeaking(authenticated().participant, Number(read(d, 'speaking'))),
    [OP.readyForTransition]: (d) =>
      call?.delivery.ready(authenticated().participant, Number(read(d, 'transition_id'))),
    [OP.invalidCommitWelcome]: () => call?.delivery.invalid(authenticated().participant),
    // What a client would like to see, which is nothing here: there is no video.
    [OP.video]: () => undefined,
    [OP.mediaSinkWants]: () => undefined,
  };
  const obey = (op: number, d: unknown): void => {
    const greeting = greetings[op];
    if (!greeting) authenticated();
    const obeying = greeting ?? requests[op];
    if (!obeying) throw new SocketError(CLOSE.unknownOpcode, 'Unknown opcode.');
    obeying(d);
  };
  const obeyBinary = (bytes: Buffer): void => {
    const { delivery } = authenticated().call;
    const said = bytes.subarray(1);
    if (bytes[0] === OP.keyPackage) delivery.keyPackage(authenticated().participant, said);
    else if (bytes[0] === OP.commitWelcome) delivery.commitWelcome(authenticated().participant, said);
    else throw new SocketError(CLOSE.unknownOpcode, 'Unknown opcode.');
  };
  const hear = (raw: RawData, isBinary: boolean): void => {
    try {
      // The library gives Buffers unless it was told otherwise.
      if (isBinary) obeyBinary(raw as Buffer);
      else {
        const { op, d } = decoded(raw);
        obey(op, d);
      }
    } catch (error) {
      if (error instanceof SocketError) socket.close(error.code, error.message);
      else if (error instanceof RangeError) socket.close(CLOSE.decode, 'Failed to decode payload.');
      else throw error;
    }
  };
  const leave = (): void => {
    if (participant) call?.leave(participant.userId);
    clearInterval(watch);
    parts.gone(self);
  };
  const closed = (of: WebSocket, code: number): void => {
    if (socket !== of) return;
    if (!participant || !RESUMABLE.has(code)) leave();
    else setTimeout(() => socket === of && leave(), RESUME_WITHIN_MS).unref();
  };
  const listen = (to: WebSocket): void => {
    socket = to;
    to.on('message', hear);
    to.on('error', () => to.terminate());
    to.on('close', (code) => closed(to, code));
  };
  const watch = setInterval(() => {
    if (Date.now() - heartAt > 2 * parts.heartbeatMs) socket.close(CLOSE.timeout, 'Session timeout.');
  }, parts.heartbeatMs).unref();

  const self: VoiceSocket = {
    get participant() {
      return participant;
    },
    get grant() {
      return grant;
    },
    receive(packet) {
      const frame = opened(packet);
      if (!participant) return;
      if (!frame) {
        parts.tally.dropped(participant.userId, 'unreadable');
        return;
      }
      parts.tally.received(participant.userId);
      call?.forward(participant, frame);
    },
    takeOver(to, seen) {
      listen(to);
      heartAt = Date.now();
      say(OP.resumed, null);
      for (const message of kept) if (message.seq > seen) put(message.data);
    },
    close(code, reason) {
      if (socket.readyState === socket.OPEN) socket.close(code, reason);
      // Broken, and waiting to be resumed: nobody may come back to it, or it would take whoever came after it along.
      else leave();
    },
    cut: () => socket.terminate(),
    raw: put,
    address: () => address,
    stands: () => socket.readyState === socket.OPEN,
  };
  listen(first);
  say(OP.hello, { v: 8, heartbeat_interval: parts.heartbeatMs });
  return self;
};
