// Keeps one socket of the gateway: HELLO, heartbeats, and what each message means before and after there is a session.
import type { RawData, WebSocket } from 'ws';
import { integer, isObject, object, problemsOf, text } from '../check/schema.ts';
import { RateLimited, type RateLimits } from '../rate-limits.ts';
import type { Snowflake, World } from '../world.ts';
import { writerFor } from './encoding.ts';
import { accountOf, GatewayClose } from './identify.ts';
import { answerRequest } from './requests.ts';
import { missedSince, type Payload, type Session, send } from './session.ts';

/** What a connection asks of the gateway that it belongs to. */
export type ConnectionParts = {
  readonly world: World;
  readonly limits: RateLimits;
  readonly heartbeatMs: number;
  record(direction: 'sent' | 'received', session: Session | null, type: string, data: unknown): void;
  identify(connection: Connection, data: unknown): Session;
  /** The session to go on with; null when there is none. */
  resume(connection: Connection, sessionId: string, userId: Snowflake): Session | null;
};

/** A socket and, once identified, the session that speaks through it. */
export type Connection = {
  session: Session | null;
  /** Whether the session has gone on to another socket. */
  replaced: boolean;
  write(payload: Payload): void;
  /** Ends the socket at once, as a broken line does. */
  cut(resumable: boolean): void;
  /** Sends opcode 9 and lets the session go unless it may be resumed. */
  invalidate(resumable: boolean): void;
  /** Holds everything back that would be sent, until it is told to speak again. */
  setSilent(silent: boolean): void;
  /** Whether a close with this code ends the session for good. */
  endsSession(code: number): boolean;
};

const SENDS = { requests: 120, windowMs: 60_000 };
const OPCODE_NAMES: Readonly<Record<number, string>> = {
  1: 'HEARTBEAT',
  2: 'IDENTIFY',
  3: 'PRESENCE_UPDATE',
  4: 'VOICE_STATE_UPDATE',
  6: 'RESUME',
  8: 'REQUEST_GUILD_MEMBERS',
};

const resumeRequest = object({ token: text(), session_id: text(), seq: integer(0) });

const decoded = (raw: RawData): { op: number; d: unknown } => {
  try {
    const message: unknown = JSON.parse(String(raw));
    if (isObject(message) && typeof message['op'] === 'number') return { op: message['op'], d: message['d'] };
  } catch {
    // Falls through to the close below, which says so to the client.
  }
  throw new GatewayClose(4002, 'Error while decoding payload.');
};

let opened = 0;

/** Greets a new socket and listens to it until it closes. */
export const openConnection = (
  socket: WebSocket,
  query: URLSearchParams,
  { world, limits, heartbeatMs, record, identify, resume }: ConnectionParts,
): Connection => {
  opened += 1;
  const sendsKey = `gateway sends ${opened}`;
  const writer = writerFor(socket, query);
  let silent = false;
  let held: Payload[] = [];
  let ended = false;
  let lastHeartbeat = Date.now();

  // Real time on purpose: a heart must not stop because the sandbox's clock was turned.
  const watch = setInterval(() => {
    if (Date.now() - lastHeartbeat > 1.5 * heartbeatMs) close(4000, 'No heartbeat.');
  }, heartbeatMs / 2);
  watch.unref();
  socket.on('close', () => clearInterval(watch));

  const close = (code: number, reason: string) => socket.close(code, reason);
  const connection: Connection = {
    session: null,
    replaced: false,
    write(payload) {
      if (silent) held.push(payload);
      else if (socket.readyState === socket.OPEN) writer?.(JSON.stringify({ s: null, t: null, ...payload }));
    },
    cut(resumable) {
      ended = !resumable;
      socket.terminate();
    },
    invalidate(resumable) {
      ended = !resumable;
      connection.write({ op: 9, d: resumable });
      record('sent', connection.session, 'INVALID_SESSION', resumable);
    },
    setSilent(wish) {
      silent = wish;
      const late = silent ? [] : held;
      held = [];
      for (const payload of late) connection.write(payload);
    },
    endsSession: (code) => ended || code === 1000 || code === 1001,
  };

  const tryResume = (data: unknown): void => {
    const user = accountOf(world, isObject(data) ? data['token'] : null);
    if (problemsOf(resumeRequest, data).length > 0)
      throw new GatewayClose(4002, 'Error while decoding payload.');
    // Nothing was wrong with it, so both are there.
    const { session_id, seq } = data as { session_id: string; seq: number };
    const session = resume(connection, session_id, user.id);
    const missed = session && missedSince(session, seq);
    if (!session || !missed) {
      connection.invalidate(false);
      return;
    }
    connection.session = session;
    for (const payload of missed) session.write?.(payload);
    send(session, 'RESUMED', {});
  };
  const receive = ({ op, d }: { op: number; d: unknown }): void => {
    limits.spend(sendsKey, SENDS);
    record('received', connection.session, OPCODE_NAMES[op] ?? `op ${op}`, op === 1 ? d : withoutToken(d));
    if (op === 1) heartbeat();
    else if (op === 2 || op === 6) start(op, d);
    else if (connection.session)
      answerRequest({ world, session: connection.session, spend: limits.spend }, op, d);
    else throw new GatewayClose(4003, 'Not authenticated.');
  };
  const start = (op: 2 | 6, data: unknown): void => {
    if (connection.session) throw new GatewayClose(4005, 'Already authenticated.');
    if (op === 6) tryResume(data);
    else connection.session = identify(connection, data);
  };
  const heartbeat = () => {
    lastHeartbeat = Date.now();
    connection.write({ op: 11, d: null });
  };
  socket.on('error', () => socket.terminate());
  socket.on('message', (raw) => {
    try {
      receive(decoded(raw));
    } catch (error) {
      if (error instanceof GatewayClose) close(error.code, error.message);
      else if (error instanceof RateLimited) close(4008, 'Rate limited.');
      else {
        console.error('the sandbox gateway itself failed:', error);
        close(4000, 'Unknown error.');
      }
    }
  });
  if (query.get('v') !== '10') close(4012, 'Invalid API version.');
  else if (!writer) close(4002, 'Only JSON here, plain or by zlib-stream.');
  else connection.write({ op: 10, d: { heartbeat_interval: heartbeatMs } });
  return connection;
};

const withoutToken = (data: unknown): unknown =>
  isObject(data) && 'token' in data ? { ...data, token: '…' } : data;
