/** Makes what Hearth does in the voice of a server what it ought to be: the same however often it is done. */
import { type GroupClaim, seatOf } from '../core/seat.ts';
import type { CallOutcome, DesiredCall } from '../ports/voice.ts';
import type { World } from '../ports/world.ts';
import { claimsNow } from './claims-now.ts';

/** What Hearth is to do in the call of a group. */
export const desiredCall = async (_world: World, { channelId }: GroupClaim): Promise<DesiredCall> => ({
  channelId,
  notesSpeaking: false,
});

/** Brings Hearth into the call of whoever has its place, and out of every other. */
export const bringVoice = async (world: World, guildId: string): Promise<CallOutcome> => {
  const seat = seatOf(await claimsNow(world, guildId));
  return world.voice.bring(guildId, seat && (await desiredCall(world, seat)));
};

/** The heartbeat of voice: looks after every server in which Hearth is wanted, or was until now. */
export const serversWithVoice = async (world: World): Promise<ReadonlySet<string>> =>
  new Set((await claimsNow(world)).map(({ guildId }) => guildId));
