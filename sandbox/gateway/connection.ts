/** Keeps one socket of the gateway: HELLO, heartbeats, and what each message means before and after there is a session. */
import type { RawData, WebSocket } from 'ws';
import { isObject } from '../check/schema.ts';
import { RateLimited, type RateLimits } from '../rest/rate-limits.ts';
import type { Transcript } from '../transcript.ts';
import type { World } from '../world.ts';
import { CLOSE, GatewayClose } from './close.ts';
import { type Writer, writerFor } from './encoding.ts';
import { answerRequest } from './requests.ts';
import type { Line, Payload, Session } from './session.ts';
import type { Sessions } from './sessions.ts';

/** What a connection works with. */
export type ConnectionParts = {
  readonly world: World;
  readonly limits: RateLimits;
  readonly transcript: Transcript;
  readonly sessions: Sessions;
  /** How often (ms) the client must show that it lives. */
  readonly heartbeatMs: number;
};

const SENDS = { requests: 120, windowMs: 60_000 };

const RECEIVED_NAMES: Readonly<Record<number, string>> = {
  1: 'HEARTBEAT',
  2: 'IDENTIFY',
  3: 'PRESENCE_UPDATE',
  4: 'VOICE_STATE_UPDATE',
  6: 'RESUME',
  8: 'REQUEST_GUILD_MEMBERS',
};

const SENT_NAMES: Readonly<Record<number, string>> = {
  7: 'RECONNECT',
  9: 'INVALID_SESSION',
  10: 'HELLO',
  11: 'HEARTBEAT_ACK',
};

const decoded = (raw: RawData): { op: number; d: unknown } => {
  try {
    const message: unknown = JSON.parse(String(raw));
    if (isObject(message) && typeof message['op'] === 'number') return { op: message['op'], d: message['d'] };
  } catch {
    // Falls through to the close below, which says so to the client.
  }
  throw new GatewayClose('decode', 'Error while decoding payload.');
};

const withoutToken = (data: unknown): unknown =>
  isObject(data) && 'token' in data ? { ...data, token: '…' } : data;

let opened = 0;

/** A socket and, once identified, the session that speaks through it. */
export class Connection implements Line {
  session: Session | null = null;
  readonly #socket: WebSocket;
  readonly #parts: ConnectionParts;
  readonly #writer: Writer | null;
  readonly #sendsKey: string;
  /** What is held back while the line is silent; null while it speaks. */
  #held: Payload[] | null = null;
  #lastHeartbeat = Date.now();
  #resumable = true;

  constructor(socket: WebSocket, query: URLSearchParams, parts: ConnectionParts) {
    opened += 1;
    this.#sendsKey = `gateway sends ${opened}`;
    this.#socket = socket;
    this.#parts = parts;
    this.#writer = writerFor(socket, query);
    this.#listen();
    this.#greet(query);
  }

  /** Sends a payload, or holds it back while the line is silent. */
  write(payload: Payload, session = this.session): void {
    const { transcript, world } = this.#parts;
    transcript.addEvent({
      at: world.clock.now(),
      direction: 'sent',
      who: session?.user.id ?? null,
      session: session?.id ?? null,
      type: payload.t ?? SENT_NAMES[payload.op] ?? `op ${payload.op}`,
      data: payload.d,
    });
    if (this.#held) this.#held.push(payload);
    else this.#push(payload);
  }

  /** Ends the socket at once, as a broken line does. */
  cut(resumable: boolean): void {
    this.#resumable = resumable;
    this.#socket.terminate();
  }

  hangUp(): void {
    this.#socket.close(CLOSE.unknown, 'The session went on elsewhere.');
  }

  /** Sends opcode 9; a session that may not be resumed is gone at once, and the client may identify anew. */
  invalidate(resumable: boolean): void {
    this.write({ op: 9, d: resumable });
    if (resumable) return;
    const { session } = this;
    this.session = null;
    if (session) this.#parts.sessions.release(session, this, false);
  }

  /** Holds everything back that would be sent, until it is told to speak again. */
  setSilent(silent: boolean): void {
    const late = this.#held ?? [];
    this.#held = silent ? late : null;
    if (!silent) for (const payload of late) this.#push(payload);
  }

  #push(payload: Payload): void {
    if (this.#socket.readyState === this.#socket.OPEN)
      this.#writer?.(JSON.stringify({ s: null, t: null, ...payload }));
  }

  #greet(query: URLSearchParams): void {
    if (query.get('v') !== '10') this.#socket.close(CLOSE.invalidVersion, 'Invalid API version.');
    else if (!this.#writer) this.#socket.close(CLOSE.decode, 'Only JSON here, plain or by zlib-stream.');
    else this.write({ op: 10, d: { heartbeat_interval: this.#parts.heartbeatMs } });
  }

  #listen(): void {
    const { heartbeatMs } = this.#parts;
    // Real time on purpose: a heart must not stop because the sandbox's clock was turned.
    const watch = setInterval(() => {
      if (Date.now() - this.#lastHeartbeat > 1.5 * heartbeatMs)
        this.#socket.close(CLOSE.unknown, 'No heartbeat.');
    }, heartbeatMs / 2);
    watch.unref();
    this.#socket.on('error', () => this.#socket.terminate());
    this.#socket.on('message', (raw) => this.#hear(raw));
    this.#socket.on('close', (code) => {
      clearInterval(watch);
      const resumable = this.#resumable && code !== 1000 && code !== 1001;
      if (this.session) this.#parts.sessions.release(this.session, this, resumable);
    });
  }

  #hear(raw: RawData): void {
    try {
      const { op, d } = decoded(raw);
      this.#parts.limits.spend(this.#sendsKey, SENDS);
      this.#record(op, d);
      this.#receive(op, d);
    } catch (error) {
      this.#closeFor(error);
    }
  }

  #record(op: number, data: unknown): void {
    const { transcript, world } = this.#parts;
    transcript.addEvent({
      at: world.clock.now(),
      direction: 'received',
      who: this.session?.user.id ?? null,
      session: this.session?.id ?? null,
      type: RECEIVED_NAMES[op] ?? `op ${op}`,
      data: withoutToken(data),
    });
  }

  #receive(op: number, data: unknown): void {
    const { world, limits } = this.#parts;
    if (op === 1) this.#beat();
    else if (op === 2 || op === 6) this.#start(op, data);
    else if (this.session) answerRequest({ world, session: this.session, spend: limits.spend }, op, data);
    else throw new GatewayClose('notAuthenticated', 'Not authenticated.');
  }

  #beat(): void {
    this.#lastHeartbeat = Date.now();
    this.write({ op: 11, d: null });
  }

  #start(op: 2 | 6, data: unknown): void {
    if (this.session) throw new GatewayClose('alreadyAuthenticated', 'Already authenticated.');
    const { sessions } = this.#parts;
    this.session = op === 2 ? sessions.begin(data, this) : sessions.resume(data, this);
    if (!this.session) this.invalidate(false);
  }

  #closeFor(error: unknown): void {
    if (error instanceof GatewayClose) this.#socket.close(error.code, error.message);
    else if (error instanceof RateLimited) this.#socket.close(CLOSE.rateLimited, 'Rate limited.');
    else {
      console.error('the sandbox gateway itself failed:', error);
      this.#socket.close(CLOSE.unknown, 'Unknown error.');
    }
  }
}
