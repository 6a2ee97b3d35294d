/** Keeps the gateway: its sockets, and the way events reach the sessions behind them. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { addressOf } from '../request-address.ts';
import type { Dispatch, Snowflake } from '../world.ts';
import { Connection, type ConnectionParts } from './connection.ts';
import { deliver } from './delivery.ts';
import { startSessions } from './sessions.ts';

/** What the gateway is made of; `url` tells where clients are sent to resume. */
export type GatewayParts = Omit<ConnectionParts, 'sessions'> & { url(): string };

/** Takes over a websocket request if it is one for it. */
export type Upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => boolean;

/** The gateway as the rest of the sandbox uses it. */
export type Gateway = {
  /** Takes over websocket requests of an HTTP server, but for those that are taken elsewhere. */
  attach(server: Server, elsewhere: Upgrade): void;
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

/** Starts the gateway; it listens once it is attached to a server. */
export const startGateway = ({ url, ...parts }: GatewayParts): Gateway => {
  const { world } = parts;
  const sessions = startSessions(world, url);
  const connections = new Set<Connection>();
  const sockets = new WebSocketServer({ noServer: true });

  const accept = (socket: WebSocket, query: URLSearchParams): void => {
    const connection = new Connection(socket, query, { ...parts, sessions });
    connections.add(connection);
    socket.on('close', () => connections.delete(connection));
  };
  const each = (userId: Snowflake, act: (connection: Connection) => void): void => {
    for (const connection of [...connections]) if (connection.session?.user.id === userId) act(connection);
  };
  return {
    attach(server, elsewhere) {
      server.on('upgrade', (request, stream, head) => {
        // Whoever hangs up before they are answered ends nothing but their own line.
        stream.on('error', () => stream.destroy());
        const { pathname, searchParams } = addressOf(request);
        if (/^\/gateway\/?$/.test(pathname))
          sockets.handleUpgrade(request, stream, head, (socket) => accept(socket, searchParams));
        else if (!elsewhere(request, stream, head)) stream.end('HTTP/1.1 404 Not Found\r\n\r\n');
      });
    },
    deliver(dispatch) {
      for (const session of sessions.all()) deliver(world, session, dispatch);
    },
    drop: (userId, resumable) => each(userId, (connection) => connection.cut(resumable)),
    invalidate: (userId, resumable) => each(userId, (connection) => connection.invalidate(resumable)),
    askToReconnect: (userId) => each(userId, (connection) => connection.write({ op: 7, d: null })),
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
