/** Keeps how a call finds what its path names, and how it is refused what its actor may not. */
import { refuse } from './errors.ts';
import { BITS, channelPermissions, guildPermissions, has, rankOf } from './permissions.ts';
import type { Call } from './rest/route.ts';
import type { Channel, Guild, Member, Message, Role, Snowflake } from './world.ts';

/** The guild of the path; 10004 when there is none, 50001 for who is no member. */
export const theGuild = (call: Call): Guild => {
  const guild = call.world.guilds.get(call.param('guild'));
  if (!guild) throw refuse('unknownGuild');
  if (!guild.members.has(call.actor.id)) throw refuse('missingAccess');
  return guild;
};

/** The guild of the path, if the actor holds these permissions in it; else 50013. */
export const theGuildWith = (call: Call, wanted: bigint): Guild => {
  const guild = theGuild(call);
  requireInGuild(call, guild, wanted);
  return guild;
};

/** Refuses (50013) who lacks these permissions in a guild. */
export const requireInGuild = (call: Call, guild: Guild, wanted: bigint): void => {
  if (!has(guildPermissions(call.world, guild, call.actor.id), wanted)) throw refuse('missingPermissions');
};

/** The channel of the path; 10003 when there is none, 50001 for who may not view it. */
export const theChannel = (call: Call): Channel => visibleChannel(call, call.param('channel'));

/** A channel by id; 10003 when there is none, 50001 for who may not view it. */
export const visibleChannel = (call: Call, id: Snowflake): Channel => {
  const channel = call.world.channels.get(id);
  if (!channel) throw refuse('unknownChannel');
  requireIn(call, channel, BITS.VIEW_CHANNEL);
  return channel;
};

/** Refuses who may not view a channel (50001) or lacks these permissions in it (50013). */
export const requireIn = (call: Call, channel: Channel, wanted: bigint): void => {
  const permissions = channelPermissions(call.world, channel, call.actor.id);
  if (!has(permissions, BITS.VIEW_CHANNEL)) throw refuse('missingAccess');
  if (!has(permissions, wanted)) throw refuse('missingPermissions');
};

/** The channel of the path, if the actor holds these permissions in it. */
export const theChannelWith = (call: Call, wanted: bigint): Channel => {
  const channel = theChannel(call);
  requireIn(call, channel, wanted);
  return channel;
};

/** The guild that a channel belongs to; 50003 for a direct message. */
export const guildOf = (call: Call, channel: Channel): Guild => {
  const guild = channel.guildId === null ? undefined : call.world.guilds.get(channel.guildId);
  if (!guild) throw refuse('notInDm');
  return guild;
};

/** The message of the path in a channel; 10008 when it is gone or is for somebody else's eyes. */
export const theMessage = (call: Call, channel: Channel): Message => {
  const message = call.world.messages.get(channel.id)?.get(call.param('message'));
  if (!message || message.onlyFor !== null) throw refuse('unknownMessage');
  return message;
};

/** A member by user id; 10013 when there is no such user, 10007 when it is no member. */
export const memberOf = (call: Call, guild: Guild, userId: Snowflake): Member => {
  const member = guild.members.get(userId);
  if (member) return member;
  throw refuse(call.world.users.has(userId) ? 'unknownMember' : 'unknownUser');
};

/** The role of the path; 10011 when there is none. */
export const theRole = (call: Call, guild: Guild): Role => {
  const role = guild.roles.get(call.param('role'));
  if (!role) throw refuse('unknownRole');
  return role;
};

/** Refuses (50013) who does not stand above a member. */
export const requireAbove = (call: Call, guild: Guild, userId: Snowflake): void => {
  if (rankOf(guild, call.actor.id) <= rankOf(guild, userId)) throw refuse('missingPermissions');
};
