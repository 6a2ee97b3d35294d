/** Puts out of a voice room whoever may not be in it: to close a room does not disconnect those who are inside. */
import { type Guild, type GuildMember, PermissionFlagsBits, RESTJSONErrorCodes } from 'discord.js';
import { refusedWith } from './attempt.ts';
import { insist } from './insist.ts';

const TO_BE_INSIDE = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.Connect;

/** Who is in the room, bots apart. */
const inside = async (guild: Guild, channelId: string): Promise<readonly GuildMember[]> => {
  const states = [...guild.voiceStates.cache.values()].filter((state) => state.channelId === channelId);
  const members = await Promise.all(states.map(({ id, member }) => member ?? guild.members.fetch(id)));
  return members.filter(({ user }) => !user.bot);
};

const disconnect = async (member: GuildMember, reason: string): Promise<void> => {
  try {
    await insist(() => member.edit({ channel: null, reason }));
  } catch (cause) {
    // Whoever has left by themselves is out.
    if (!refusedWith(cause, RESTJSONErrorCodes.TargetUserIsNotConnectedToVoice)) throw cause;
  }
};

/** Disconnects everybody in the voice room who may not enter it any more; `reason` stands in the audit log. */
export const putOut = async (guild: Guild, channelId: string, reason: string): Promise<void> => {
  const room = guild.channels.resolve(channelId);
  if (!room?.isVoiceBased()) return;
  for (const member of await inside(guild, channelId)) {
    if (!room.permissionsFor(member).has(TO_BE_INSIDE)) await disconnect(member, reason);
  }
};
