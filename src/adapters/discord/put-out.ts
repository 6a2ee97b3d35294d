/** Puts out of a voice room whoever may not be in it: to close a room does not disconnect those who are inside. */
import { type Guild, type GuildMember, PermissionFlagsBits, RESTJSONErrorCodes, Routes } from 'discord.js';
import { refusedWith } from './attempt.ts';
import { insist } from './insist.ts';

const TO_BE_INSIDE = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.Connect;

/** Accounts of the people (never bots) in a voice room; undefined while nobody sees the server. */
export type Inside = (guildId: string, channelId: string) => Promise<readonly string[] | undefined>;

/** Nobody, for somebody who has left the server: they have left its rooms as well. */
const memberOf = async (guild: Guild, account: string): Promise<readonly GuildMember[]> => {
  try {
    return [await insist(() => guild.members.fetch(account))];
  } catch (cause) {
    if (!refusedWith(cause, RESTJSONErrorCodes.UnknownMember)) throw cause;
    return [];
  }
};

const disconnect = async ({ id, guild, client }: GuildMember, reason: string): Promise<void> => {
  const route = Routes.guildMember(guild.id, id);
  try {
    await insist(() => client.rest.patch(route, { body: { channel_id: null }, reason }));
  } catch (cause) {
    // Whoever has left by themselves is out.
    if (!refusedWith(cause, RESTJSONErrorCodes.TargetUserIsNotConnectedToVoice)) throw cause;
  }
};

/** Disconnects everybody in the voice room who may not enter it any more; `reason` stands in the audit log. */
export const putOut = async (
  guild: Guild,
  inside: Inside,
  channelId: string,
  reason: string,
): Promise<void> => {
  const room = guild.channels.resolve(channelId);
  if (!room?.isVoiceBased()) return;
  for (const account of (await inside(guild.id, channelId)) ?? []) {
    for (const member of await memberOf(guild, account)) {
      if (!room.permissionsFor(member).has(TO_BE_INSIDE)) await disconnect(member, reason);
    }
  }
};
