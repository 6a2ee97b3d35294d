/** The port to which packets of sound come: it tells clients their own address, and hands on the rest. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Where packets come from, and go to. */
export type Udp = {
  readonly port: number;
  send(packet: Buffer, to: { readonly address: string; readonly port: number }): void;
  stop(): void;
};

/** Discovery of a client's address (Discord, "IP discovery"): request and answer are of 74 bytes. */
const DISCOVERY = { length: 74, request: 1, answer: 2, body: 70 } as const;
const KEEP_ALIVE = 8;
/** Where a packet of sound names its stream. */
const SSRC = 8;

const discovered = (request: Buffer, address: string, port: number): Buffer => {
  const answer = Buffer.alloc(DISCOVERY.length);
  answer.writeUInt16BE(DISCOVERY.answer, 0);
  answer.writeUInt16BE(DISCOVERY.body, 2);
  request.copy(answer, 4, 4, 8);
  answer.write(address, 8);
  answer.writeUInt16BE(port, DISCOVERY.length - 2);
  return answer;
};

const isDiscovery = (packet: Buffer): boolean =>
  packet.length === DISCOVERY.length && packet.readUInt16BE(0) === DISCOVERY.request;

const listen = (socket: Socket, receive: (ssrc: number, packet: Buffer) => void): void => {
  socket.on('message', (packet, { address, port }) => {
    if (isDiscovery(packet)) socket.send(discovered(packet, address, port), port, address);
    else if (packet.length === KEEP_ALIVE) socket.send(packet, port, address);
    else if (packet.length > SSRC + 4) receive(packet.readUInt32BE(SSRC), packet);
  });
};

/** Opens a free port on loopback. */
export const openUdp = async (receive: (ssrc: number, packet: Buffer) => void): Promise<Udp> => {
  const socket = createSocket('udp4');
  listen(socket, receive);
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    send: (packet, to) => socket.send(packet, to.port, to.address),
    stop: () => socket.close(),
  };
};
