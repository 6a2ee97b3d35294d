// Keeps the gateway: its sockets, the sessions behind them, and the way events reach both.
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { dropVoiceState } from '../changes/voice.ts';
import type { Cancel } from '../clock.ts';
import type { RateLimits } from '../rate-limits.ts';
import type { Transcript } from '../transcript.ts';
import type { Dispatch, Snowflake, World } from '../world.ts';
import { type Connection, openConnection } from './connection.ts';
import { deliver, sendGuild } from './delivery.ts';
import { newSession, readyData } from './identify.ts';
import { type Payload, type Session, send } from './session.ts';

/** What the gateway is made of. */
export type GatewayParts = {
  readonly world: World;
  readonly limits: RateLimits;
  readonly transcript: Transcript;
  /** How often clients must show that they live. */
  readonly heartbeatMs: number;
  /** Where clients are sent to resume. */
  url(): string;
};

/** The gateway as the rest of the sandbox uses it. */
export type Gateway = {
  /** Takes over websocket requests of an HTTP server. */
  attach(server: Server): void;
  deliver(dispatch: Dispatch): void;
  /** Cuts the sockets of an account. */
  drop(userId: Snowflake, resumable: boolean): void;
  /** Sends opcode 9. */
  invalidate(userId: Snowflake, resumable: boolean): void;
  /** Sends opcode 7. */
  askToReconnect(userId: Snowflake): void;
  /** Lets sockets stand open in silence for so many milliseconds. */
  hang(userId: Snowflake, ms: number): void;
  stop(): void;
};

// As long as Discord is seen to keep a session without a socket.
const RESUMABLE_FOR = 3 * 60_000;

/** Starts the gateway; it listens once it is attached to a server. */
export const startGateway = ({ world, limits, transcript, heartbeatMs, url }: GatewayParts): Gateway => {
  const sessions = new Map<string, Session>();
  const connections = new Set<Connection>();
  const forgetting = new Map<string, Cancel>();
  const sockets = new WebSocketServer({ noServer: true });

  const end = (session: Session): void => {
    session.write = null;
    sessions.delete(session.id);
    world.sessions.delete(session.id);
    for (const guild of world.guilds.values())
      if (guild.voiceStates.get(session.user.id)?.sessionId === session.id)
        dropVoiceState(world, guild, session.user.id);
  };
  const forgetLater = (session: Session): void => {
    session.write = null;
    forgetting.set(
      session.id,
      world.clock.after(RESUMABLE_FOR, () => end(session)),
    );
  };
  const record = (
    direction: 'sent' | 'received',
    session: Session | null,
    type: string,
    data: unknown,
  ): void =>
    transcript.addEvent({
      at: world.clock.now(),
      direction,
      who: session?.user.id ?? null,
      session: session?.id ?? null,
      type,
      data,
    });
  const bind = (session: Session, connection: Connection): void => {
    session.write = (payload: Payload) => {
      record('sent', session, payload.t ?? `op ${payload.op}`, payload.d);
      connection.write(payload);
    };
  };

  const identify = (connection: Connection, data: unknown): Session => {
    const session = newSession(world, data, randomBytes(16).toString('hex'));
    sessions.set(session.id, session);
    world.sessions.set(session.id, { userId: session.user.id });
    bind(session, connection);
    send(session, 'READY', readyData(world, session, url()));
    for (const guild of world.guilds.values())
      if (guild.members.has(session.user.id)) sendGuild(world, session, guild);
    return session;
  };
  const resume = (connection: Connection, sessionId: string, userId: Snowflake): Session | null => {
    const session = sessions.get(sessionId);
    if (!session || session.user.id !== userId) return null;
    forgetting.get(sessionId)?.();
    bind(session, connection);
    return session;
  };
  const accept = (socket: WebSocket, query: URLSearchParams): void => {
    const connection = openConnection(socket, query, {
      world,
      limits,
      heartbeatMs,
      record,
      identify,
      resume,
    });
    connections.add(connection);
    socket.on('close', (code) => {
      connections.delete(connection);
      const { session } = connection;
      // A session that has been resumed elsewhere is no longer this socket's to end.
      if (!session || connection.replaced || !sessions.has(session.id)) return;
      if (connection.endsSession(code)) end(session);
      else forgetLater(session);
    });
  };
  const each = (userId: Snowflake, act: (connection: Connection) => void): void => {
    for (const connection of [...connections]) if (connection.session?.user.id === userId) act(connection);
  };
  return {
    attach(server) {
      server.on('upgrade', (request, stream, head) => {
        const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox');
        if (!/^\/gateway\/?$/.test(pathname)) {
          stream.end('HTTP/1.1 404 Not Found\r\n\r\n');
          return;
        }
        sockets.handleUpgrade(request, stream, head, (socket) => accept(socket, searchParams));
      });
    },
    deliver(dispatch) {
      for (const session of [...sessions.values()]) deliver(world, session, dispatch);
    },
    drop: (userId, resumable) => each(userId, (connection) => connection.cut(resumable)),
    invalidate: (userId, resumable) => each(userId, (connection) => connection.invalidate(resumable)),
    askToReconnect: (userId) =>
      each(userId, (connection) => connection.write({ op: 7, d: null, s: null, t: null })),
    hang: (userId, ms) =>
      each(userId, (connection) => {
        connection.setSilent(true);
        world.clock.after(ms, () => connection.setSilent(false));
      }),
    stop() {
      for (const connection of connections) connection.cut(false);
      sockets.close();
    },
  };
};
