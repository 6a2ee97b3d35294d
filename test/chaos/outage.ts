/** A way to the database that can be closed: as when its machine, or the network to it, is gone for a while. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Way {
  /** Address of the database by this way. */
  readonly url: string;
  /** Cuts every connection; new ones are refused until it is opened again. */
  close(): void;
  open(): void;
  stop(): Promise<void>;
}

/** Opens a way to the database at that address. */
export const wayTo = async (databaseUrl: string): Promise<Way> => {
  const to = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isOpen = true;
  const server = createServer((from) => {
    if (!isOpen) return void from.destroy();
    const database = connect(Number(to.port), to.hostname);
    for (const [socket, other] of [
      [from, database],
      [database, from],
    ] as const) {
      sockets.add(socket);
      // Whoever breaks it off, both ends are closed.
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  // A server that listens on TCP has such an address.
  url.port = String((server.address() as AddressInfo).port);
  url.hostname = '127.0.0.1';
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    close: () => {
      isOpen = false;
      cut();
    },
    open: () => {
      isOpen = true;
    },
    stop: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
};
