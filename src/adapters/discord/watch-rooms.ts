/** Notices that somebody changed or deleted a channel by hand, so that it can be made what it ought to be. */
import { isDeepStrictEqual } from 'node:util';
import { ChannelType, type Client, Events, type Guild } from 'discord.js';
import { actualOf } from './standing-rooms.ts';

type Touched = (guildId: string, channelId: string) => void;

const watchChannels = (client: Client, touched: Touched): void => {
  client.on(Events.ChannelDelete, (channel) => {
    if (!channel.isDMBased()) touched(channel.guildId, channel.id);
  });
  client.on(Events.ChannelUpdate, (before, after) => {
    if (before.isDMBased() || after.isDMBased()) return;
    // What Hearth changed itself it mostly knows already when the gateway tells of it.
    if (!isDeepStrictEqual(actualOf(before), actualOf(after))) touched(after.guildId, after.id);
  });
};

/** Every group has a category, and is looked at when that is. */
const touchAll = ({ id, channels }: Guild, touched: Touched): void => {
  for (const channel of channels.cache.values()) {
    if (channel.type === ChannelType.GuildCategory) touched(id, channel.id);
  }
};

/** A room that could not be closed for want of a right is closed as soon as the right is there, and not when asked. */
const watchOwnRights = (client: Client, touched: Touched): void => {
  client.on(Events.GuildRoleUpdate, (before, { id, guild, permissions }) => {
    const ours = id === guild.id || guild.members.me?.roles.cache.has(id);
    if (ours && !before.permissions.equals(permissions)) touchAll(guild, touched);
  });
  client.on(Events.GuildMemberUpdate, (before, { id, guild, roles }) => {
    if (id === client.user?.id && !before.roles.cache.equals(roles.cache)) touchAll(guild, touched);
  });
};

/** Tells of channels that were changed or deleted, and of all that can be kept again, when a right was given back. */
export const watchRooms = (client: Client, touched: Touched): void => {
  watchChannels(client, touched);
  watchOwnRights(client, touched);
};
