/**
 * Catches what the voice library lets out: it hands every message of a voice server on without a guard, so that a
 * malformed one, or one that the encryption refuses, would end the process.
 */
import { VoiceUDPSocket, VoiceWebSocket } from '@discordjs/voice';

const guarded = <Message>(hear: (message: Message) => void, fault: (cause: unknown) => void) =>
  function (this: VoiceUDPSocket & VoiceWebSocket, message: Message): void {
    try {
      hear.call(this, message);
    } catch (cause) {
      fault(cause);
    }
  };

/** For all sockets of this process, from their first message on: the message that failed is dropped. */
export const guardSockets = (fault: (cause: unknown) => void): void => {
  VoiceWebSocket.prototype.onMessage = guarded(VoiceWebSocket.prototype.onMessage, fault);
  // The library's own type keeps it to itself, and calls it by this name for every datagram.
  const datagrams = VoiceUDPSocket.prototype as unknown as { onMessage(message: Buffer): void };
  datagrams.onMessage = guarded(datagrams.onMessage, fault);
};
