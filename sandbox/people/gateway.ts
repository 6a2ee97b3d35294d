/** Keeps a person's connection to the gateway: login, heartbeats, and taking up the session again when it breaks. */
import { WebSocket } from 'ws';
import { CLOSE } from '../gateway/close.ts';
import { type GatewayEvent, OP, type Packet } from './packet.ts';

// After these close codes trying again cannot help; after those a new session can.
const FINAL: readonly number[] = [
  CLOSE.authenticationFailed,
  CLOSE.invalidShard,
  CLOSE.shardingRequired,
  CLOSE.invalidVersion,
  CLOSE.invalidIntents,
  CLOSE.disallowedIntents,
];
const SESSION_LOST: readonly number[] = [CLOSE.invalidSeq, CLOSE.timedOut];

const RETRY_AFTER = 50;
const PROPERTIES = { os: 'linux', browser: 'sandbox', device: 'sandbox' };

type Hear = (event: GatewayEvent) => void;

/** A connection that logs in by itself, again and again, until it is closed. */
export class Connection {
  readonly #url: string;
  readonly #token: string;
  readonly #hear: Hear;
  readonly #refuse: (error: Error) => void;
  #socket: WebSocket;
  #beat: NodeJS.Timeout | undefined;
  #sequence: number | null = null;
  #sessionId: string | null = null;
  #isClosed = false;

  constructor(url: string, token: string, hear: Hear, refuse: (error: Error) => void) {
    this.#url = `${url}?v=10&encoding=json`;
    this.#token = token;
    this.#hear = hear;
    this.#refuse = refuse;
    this.#socket = this.#open();
  }

  /** Sends an opcode with its payload. */
  send(op: number, d: unknown): void {
    this.#socket.send(JSON.stringify({ op, d }));
  }

  /** Logs out; the session ends. */
  close(): void {
    this.#isClosed = true;
    clearInterval(this.#beat);
    this.#socket.close(1000);
  }

  #open(): WebSocket {
    const socket = new WebSocket(this.#url);
    // The gateway speaks packets of this form and no other.
    socket.on('message', (raw) => this.#receive(JSON.parse(String(raw)) as Packet));
    socket.on('error', (error) => this.#refuse(error));
    socket.on('close', (code, reason) => this.#lost(code, String(reason)));
    return socket;
  }

  #receive({ op, d, s, t }: Packet): void {
    this.#sequence = s ?? this.#sequence;
    if (op === OP.hello) this.#greet(Number(Object(d).heartbeat_interval));
    if (op === OP.heartbeat) this.send(OP.heartbeat, this.#sequence);
    if (op === OP.invalid && d !== true) this.#sessionId = null;
    if (op === OP.invalid || op === OP.reconnect) this.#socket.close(4900);
    if (t === 'READY') this.#sessionId = String(Object(d).session_id);
    if (t !== null) this.#hear({ type: t, data: d });
  }

  #greet(interval: number): void {
    clearInterval(this.#beat);
    this.#beat = setInterval(() => this.send(OP.heartbeat, this.#sequence), interval);
    this.#beat.unref();
    const token = this.#token;
    if (this.#sessionId === null) this.send(OP.identify, { token, properties: PROPERTIES });
    else this.send(OP.resume, { token, session_id: this.#sessionId, seq: this.#sequence });
  }

  #lost(code: number, reason: string): void {
    clearInterval(this.#beat);
    if (this.#isClosed) return;
    if (FINAL.includes(code)) this.#refuse(new Error(`the gateway refused the login: ${code} ${reason}`));
    else this.#retry(code);
  }

  #retry(code: number): void {
    if (SESSION_LOST.includes(code)) this.#sessionId = null;
    setTimeout(() => {
      if (!this.#isClosed) this.#socket = this.#open();
    }, RETRY_AFTER).unref();
  }
}

/** Connects and logs in; `hear` gets every event. Rejects when the login is refused. */
export const connect = (url: string, token: string, hear: Hear): Promise<Connection> =>
  new Promise((resolve, reject) => {
    const connection = new Connection(
      url,
      token,
      (event) => {
        hear(event);
        if (event.type === 'READY') resolve(connection);
      },
      reject,
    );
  });
