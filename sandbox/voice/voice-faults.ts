/** Keeps what can be made to go wrong with voice. */
import type { Snowflake } from '../world.ts';
import type { Trimmings } from './rtp.ts';

/** What becomes of packets on their way to clients: each so many-th is lost, sent twice, or sent after the next. */
export type PacketFaults = {
  readonly loseEvery?: number;
  readonly duplicateEvery?: number;
  readonly swapEvery?: number;
};

/** Everything that can be arranged; each holds until it is arranged otherwise. */
export type VoiceFaults = {
  /** Calls are not encrypted end to end any more. */
  downgrade(): void;
  upgrade(): void;
  /** Clients of these people take no part in the encrypted groups that they come into from now on. */
  keepOutside(userId: Snowflake): void;
  trim(trimmings: Partial<Trimmings>): void;
  packets(faults: PacketFaults): void;
  /** Closes the socket of an account with a code; without one it breaks. */
  close(userId: Snowflake, code?: number): void;
  /** The server is gone from one moment to the next: sockets break, and nobody can connect. */
  vanish(): Promise<void>;
  /** It is where it was. */
  comeBack(): Promise<void>;
  /** Sends an account so many messages and packets that make no sense. */
  storm(userId: Snowflake, messages: number): void;
  /** Whoever connects is closed with this code instead of being greeted; nobody any more when missing. */
  refuse(code?: number): void;
};

/** Sends packets, or what the faults make of them. */
export const unreliable = (send: (packet: Buffer, to: { address: string; port: number }) => void) => {
  let faults: PacketFaults = {};
  let count = 0;
  let held: (() => void) | undefined;
  const every = (number: number | undefined): boolean => number !== undefined && count % number === 0;
  return {
    set(next: PacketFaults): void {
      faults = next;
    },
    send(packet: Buffer, to: { address: string; port: number }): void {
      count += 1;
      if (every(faults.loseEvery)) return;
      const late = held;
      held = undefined;
      if (every(faults.swapEvery)) held = () => send(packet, to);
      else send(packet, to);
      late?.();
      if (every(faults.duplicateEvery)) send(packet, to);
    },
  };
};
