/** Watches the sockets of a connection: those to a voice server come and go with every resumption. */
import type { Networking, VoiceWebSocket } from '@discordjs/voice';

export interface SocketHooks {
  /** The code with which the voice server closed for good: the library keeps it to itself unless it is 4014. */
  closed(code: number): void;
  /** A message that may be about the encrypted group, before the library hears of it. */
  stirred(): void;
}

/** Messages in JSON about who is there, and about the version of the encryption. */
const ABOUT_GROUP: ReadonlySet<number> = new Set([11, 13, 21, 22, 24]);

/** To be told of the networking of every state; each is watched once. */
export const watchSockets = ({ closed, stirred }: SocketHooks): ((networking: Networking) => void) => {
  const known = new WeakSet<Networking | VoiceWebSocket>();
  const isNew = (thing: Networking | VoiceWebSocket): boolean => {
    const fresh = !known.has(thing);
    known.add(thing);
    return fresh;
  };
  const watchSocket = ({ state }: Networking): void => {
    if (!('ws' in state) || !isNew(state.ws)) return;
    // First, for the library may fail at what it hears.
    state.ws.prependListener('binary', stirred);
    state.ws.prependListener('packet', ({ op }) => {
      if (ABOUT_GROUP.has(op)) stirred();
    });
  };
  return (networking) => {
    watchSocket(networking);
    if (!isNew(networking)) return;
    networking.once('close', closed);
    networking.on('stateChange', () => watchSocket(networking));
  };
};
