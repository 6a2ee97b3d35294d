/** The voice server as bots reach it: a gateway and a port for packets, which open with the first bot that is let in. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebSocket } from 'ws';
import type { Snowflake } from '../world.ts';
import { type Certificate, makeCertificate } from './certificate.ts';
import { type Listener, makeListener } from './listener.ts';
import type { Trimmings } from './rtp.ts';
import { openUdp, type Udp } from './udp.ts';
import { type PacketFaults, unreliable } from './voice-faults.ts';
import { openVoiceSocket, type SocketParts, type VoiceSocket } from './voice-socket.ts';

type Address = { readonly address: string; readonly port: number };

/** What the server asks of the calls. */
export type ServerParts = Pick<
  SocketParts,
  'heartbeatMs' | 'modes' | 'nextSsrc' | 'admit' | 'callOf' | 'gone' | 'tally'
>;

/** A server that may not be open yet. */
export type VoiceServer = {
  /** As PEM. */
  certificate(): string;
  /** The same in a file, which is gone when the server stops. */
  certificateFile(): string;
  /** Opens it, and tells where clients connect. */
  open(): Promise<string>;
  /** Clients that are connected, or may still resume. */
  readonly sockets: ReadonlySet<VoiceSocket>;
  socketsOf(userId: Snowflake): readonly VoiceSocket[];
  /** Sends bytes as they are. */
  send(packet: Buffer, to: Address): void;
  /** Whoever connects is closed with this code; nobody when missing. */
  refuse(code?: number): void;
  trim(trimmings: Partial<Trimmings>): void;
  packets(faults: PacketFaults): void;
  vanish(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
};

/** A certificate that is made when it is asked for, and its file. */
const startCertificate = () => {
  let made: Certificate | undefined;
  let folder: string | undefined;
  const certificate = (): Certificate => (made ??= makeCertificate());
  return {
    certificate,
    file(): string {
      folder ??= mkdtempSync(join(tmpdir(), 'sandbox-voice-'));
      const path = join(folder, 'certificate.pem');
      writeFileSync(path, certificate().certificate);
      return path;
    },
    remove(): void {
      if (folder) rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Nobody is connected, and nothing is open. */
export const makeVoiceServer = (parts: ServerParts): VoiceServer => {
  const sockets = new Set<VoiceSocket>();
  const { certificate, file, remove } = startCertificate();
  let trimmings: Trimmings = { extensionWords: 2, padding: 0 };
  let refusing: number | undefined;
  let opening: Promise<{ readonly listener: Listener; readonly udp: Udp }> | undefined;

  const send = (packet: Buffer, to: Address): void => void opening?.then(({ udp }) => udp.send(packet, to));
  const carrier = unreliable(send);
  const gone = (socket: VoiceSocket): void => {
    sockets.delete(socket);
    parts.gone(socket);
  };
  const resume: SocketParts['resume'] = (said) =>
    [...sockets].find(({ grant }) => grant?.token === said.token && grant?.sessionId === said.sessionId);
  const accept = (udp: Udp, socket: WebSocket): void => {
    if (refusing !== undefined) {
      socket.close(refusing);
      return;
    }
    const { port: udpPort } = udp;
    const ways = { udpPort, gone, resume, send: carrier.send, trimmings: () => trimmings };
    sockets.add(openVoiceSocket(socket, { ...parts, ...ways }));
  };
  const receive = (from: number, packet: Buffer): void => {
    [...sockets].find(({ participant }) => participant?.ssrc === from)?.receive(packet);
  };
  const open = () =>
    (opening ??= (async () => {
      const udp = await openUdp(receive);
      const listener = makeListener(certificate(), (socket) => accept(udp, socket));
      await listener.open();
      return { listener, udp };
    })());

  return {
    certificate: () => certificate().certificate,
    certificateFile: file,
    open: async () => (await open()).listener.endpoint(),
    sockets,
    socketsOf: (userId) => [...sockets].filter(({ grant }) => grant?.userId === userId),
    send,
    refuse: (code) => {
      refusing = code;
    },
    trim: (changed) => {
      trimmings = { ...trimmings, ...changed };
    },
    packets: carrier.set,
    vanish: async () => (await opening)?.listener.close(),
    comeBack: async () => (await opening)?.listener.open(),
    async stop() {
      remove();
      const standing = await opening;
      await standing?.listener.close();
      standing?.udp.stop();
    },
  };
};
