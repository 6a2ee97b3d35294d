/** The one place that looks into the voice library for the encrypted group: no documented promise, but a typed one. */
import { NetworkingStatusCode, type VoiceConnection, VoiceConnectionStatus } from '@discordjs/voice';
import type { DAVESession as Session } from '@snazzah/davey';
import type { Group } from '../messages.ts';

const networkOf = ({ state }: VoiceConnection) =>
  state.status === VoiceConnectionStatus.Ready && state.networking.state.code === NetworkingStatusCode.Ready
    ? state.networking.state
    : undefined;

/** The library's own type of a session leaves out what it does not use itself. */
const sessionOf = (voice: VoiceConnection): Session | undefined =>
  networkOf(voice)?.dave?.session as Session | undefined;

/** What is known of the group; undefined while the call does not stand. */
export const groupOf = (connection: VoiceConnection): Group | undefined => {
  const network = networkOf(connection);
  if (!network) return undefined;
  const { dave } = network;
  if (!dave) return { version: 0, ready: false, code: undefined, members: [] };
  // Never the session's own code: it still tells the old one while a downgrade holds.
  const code = connection.voicePrivacyCode;
  return {
    version: dave.protocolVersion,
    ready: dave.session?.ready ?? false,
    code,
    members: sessionOf(connection)?.getUserIds() ?? [],
  };
};

/** Packets that were tried to be read of this person; 0 when none ever was. */
export const readingsOf = (connection: VoiceConnection, account: string): number =>
  sessionOf(connection)?.getDecryptionStats(account)?.attempts ?? 0;
