/** The websocket server of voice: TLS on loopback, which can go away and come back to the same port. */
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { addressOf } from '../address-of.ts';
import type { Certificate } from './certificate.ts';
import { CLOSE } from './close.ts';

/** Where clients connect. */
export type Listener = {
  endpoint(): string;
  open(): Promise<void>;
  /** Breaks every socket, and takes no more. */
  close(): Promise<void>;
};

/** Not yet open; `accept` is given every socket that asks for the eighth version. */
export const makeListener = (
  { certificate, key }: Certificate,
  accept: (socket: WebSocket) => void,
): Listener => {
  let port = 0;
  let standing: { close(): Promise<void> } | undefined;
  const open = async (): Promise<void> => {
    const server = createServer({ cert: certificate, key });
    const sockets = new WebSocketServer({ server });
    // Also those that have not yet said what they want.
    const connected = new Set<Duplex>();
    server.on('connection', (socket) => {
      connected.add(socket);
      socket.once('close', () => connected.delete(socket));
    });
    sockets.on('connection', (socket, request) => {
      const { searchParams } = addressOf(request);
      if (searchParams.get('v') === '8') accept(socket);
      else socket.close(CLOSE.unknownVersion, 'Unknown protocol version.');
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    port = address === null || typeof address === 'string' ? 0 : address.port;
    standing = {
      async close() {
        for (const socket of sockets.clients) socket.terminate();
        sockets.close();
        for (const socket of connected) socket.destroy();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  };
  return {
    endpoint: () => `127.0.0.1:${port}`,
    open,
    async close() {
      const before = standing;
      standing = undefined;
      await before?.close();
    },
  };
};
