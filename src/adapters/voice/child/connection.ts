/** A connection of the voice library that is lost once and for all: whoever opened it decides whether to try again. */
import {
  type DiscordGatewayAdapterLibraryMethods,
  joinVoiceChannel,
  type VoiceConnection,
  VoiceConnectionStatus,
} from '@discordjs/voice';
import { type SocketHooks, watchSockets } from './sockets.ts';

export interface ConnectionHooks extends Pick<SocketHooks, 'stirred'> {
  stands(stage: 'ready' | 'connecting'): void;
  /** Never before the call that opened it has returned; by Discord's close code, where there was one. */
  lost(code: number | undefined): void;
  failed(cause: unknown): void;
}

export interface Connection {
  readonly voice: VoiceConnection;
  /** Discord's own packets, as they came by the gateway. */
  hear(what: 'state' | 'server', packet: unknown): void;
  close(): void;
}

/**
 * Waits for Discord's packets and connects. The library would ask the gateway again, at once and forever, whenever a
 * voice server closes (1,519 times in a second were counted): what it asks goes nowhere.
 */
export const openConnection = (guildId: string, channelId: string, hooks: ConnectionHooks): Connection => {
  // The library calls for its adapter before it returns.
  let ears: DiscordGatewayAdapterLibraryMethods | undefined;
  let code: number | undefined;
  let over = false;
  const voice = joinVoiceChannel({
    guildId,
    channelId,
    adapterCreator: (methods) => {
      ears = methods;
      return { sendPayload: () => true, destroy: () => undefined };
    },
  });
  const close = (): void => {
    over = true;
    // A second time it throws.
    if (voice.state.status !== VoiceConnectionStatus.Destroyed) voice.destroy(false);
  };
  const lose = (): void => {
    if (over) return;
    over = true;
    // Not while the library is about to go on with what it destroys.
    setImmediate(() => {
      close();
      hooks.lost(code);
    });
  };
  const watch = watchSockets({
    stirred: hooks.stirred,
    closed: (told) => {
      code = told;
    },
  });
  voice.on('error', hooks.failed);
  voice.on('stateChange', (_before, state) => {
    if ('networking' in state) watch(state.networking);
    if (over) return;
    const { status } = state;
    if (status === VoiceConnectionStatus.Ready || status === VoiceConnectionStatus.Connecting)
      hooks.stands(status);
    else lose();
  });
  return {
    voice,
    hear: (what, packet) => {
      if (over) return;
      // They come from Discord's gateway, of which the library is a client.
      if (what === 'state') ears?.onVoiceStateUpdate(packet as Parameters<typeof ears.onVoiceStateUpdate>[0]);
      else ears?.onVoiceServerUpdate(packet as Parameters<typeof ears.onVoiceServerUpdate>[0]);
    },
    close,
  };
};
