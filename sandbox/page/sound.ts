/** Carries sound between a window and the call of whose window it is: what reaches that person, and what they say. */
import type { RawData, WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { addressOf } from '../address-of.ts';
import { isObject } from '../check/schema.ts';
import type { Upgrade } from '../gateway/gateway.ts';
import { refuseUpgrade } from '../gateway/refuse-upgrade.ts';
import { accountBy } from '../token.ts';
import { CLOSE } from '../voice/close.ts';
import { isOpusPacket, MOST_PACKET_BYTES } from '../voice/opus-packet.ts';
import type { Heard } from '../voice/person-in-call.ts';
import type { Voice, Voiced } from '../voice/voice.ts';
import type { User, World } from '../world.ts';
import { isForHere, isFromPage } from './guard.ts';

/** What sound is carried with. */
export type PageSoundParts = { readonly world: World; readonly voice: Pick<Voice, 'of'> };

/** Sound of the page. */
export type PageSound = { readonly upgrade: Upgrade; stop(): void };

/** One direction of it. */
type Way = {
  hear(socket: WebSocket, heard: Heard): void;
  /** Takes what the window sends; false when that must not come this way. */
  take(voiced: Voiced, bytes: Buffer): boolean;
};

const GREETED_WITHIN = 2_000;
/** Bytes that wait for a window that does not read; what is more is lost. About two seconds of one voice. */
const MOST_WAITING = 32_768;

/** Who says it, in eight bytes, and the packet. */
const frameOf = ({ from, packet }: Heard): Buffer => {
  const speaker = Buffer.alloc(8);
  speaker.writeBigUInt64BE(BigInt(from));
  return Buffer.concat([speaker, packet]);
};

const WAYS: ReadonlyMap<string, Way> = new Map([
  [
    '/page/hear',
    {
      hear(socket, heard) {
        if (socket.bufferedAmount < MOST_WAITING) socket.send(frameOf(heard));
      },
      take: () => false,
    },
  ],
  [
    '/page/speak',
    {
      hear: () => undefined,
      take(voiced, bytes) {
        if (!isOpusPacket(bytes)) return false;
        voiced.pass(bytes);
        return true;
      },
    },
  ],
]);

const tokenIn = (raw: RawData): unknown => {
  try {
    const greeting: unknown = JSON.parse(String(raw));
    return isObject(greeting) ? greeting['token'] : undefined;
  } catch {
    // Whoever says nothing that can be read is nobody.
    return undefined;
  }
};

const personBy = (world: World, token: unknown): User | undefined => {
  const user = accountBy(world, token);
  return user?.bot ? undefined : user;
};

/** Ends with the call of a person, or with their window. */
const join = (socket: WebSocket, way: Way, voiced: Voiced): void => {
  const leave = (): void => socket.close(CLOSE.disconnected, 'In no call.');
  const detach = voiced.attach({ hear: (heard) => way.hear(socket, heard), gone: leave });
  if (!detach) {
    leave();
    return;
  }
  socket.once('close', detach);
  socket.on('message', (raw, isBinary) => {
    // The library gives Buffers unless it was told otherwise.
    if (!isBinary || !way.take(voiced, raw as Buffer))
      socket.close(CLOSE.decode, 'Failed to decode payload.');
  });
};

/** Nobody is connected. */
export const startPageSound = ({ world, voice }: PageSoundParts): PageSound => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_PACKET_BYTES });
  const greet = (socket: WebSocket, way: Way): void => {
    const late = setTimeout(() => socket.close(CLOSE.timeout, 'Session timed out.'), GREETED_WITHIN);
    socket.on('error', () => socket.terminate());
    socket.once('close', () => clearTimeout(late));
    socket.once('message', (raw) => {
      clearTimeout(late);
      const user = personBy(world, tokenIn(raw));
      if (user) join(socket, way, voice.of(user.id));
      else socket.close(CLOSE.authenticationFailed, 'Authentication failed.');
    });
  };
  return {
    upgrade(request, stream, head) {
      const way = WAYS.get(addressOf(request).pathname);
      if (!way) return false;
      if (isForHere(request) && isFromPage(request))
        sockets.handleUpgrade(request, stream, head, (socket) => greet(socket, way));
      else refuseUpgrade(stream, '403 Forbidden');
      return true;
    },
    stop() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
};
