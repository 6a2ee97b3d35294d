/** Notices that somebody changed or deleted a channel by hand, so that it can be made what it ought to be. */
import { isDeepStrictEqual } from 'node:util';
import { type Client, Events } from 'discord.js';
import { actualOf } from './standing-rooms.ts';

/** Tells of every channel of a server that was changed or deleted otherwise than by Hearth itself. */
export const watchRooms = (client: Client, touched: (guildId: string, channelId: string) => void): void => {
  client.on(Events.ChannelDelete, (channel) => {
    if (!channel.isDMBased()) touched(channel.guildId, channel.id);
  });
  client.on(Events.ChannelUpdate, (before, after) => {
    if (before.isDMBased() || after.isDMBased()) return;
    // What Hearth changed itself, it knows already when the gateway tells of it.
    if (!isDeepStrictEqual(actualOf(before), actualOf(after))) touched(after.guildId, after.id);
  });
};
