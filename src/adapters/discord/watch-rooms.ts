/** Notices that somebody changed or deleted a channel by hand, so that it can be made what it ought to be. */
import { isDeepStrictEqual } from 'node:util';
import { type Client, Events } from 'discord.js';
import { actualOf } from './standing-rooms.ts';

/** Tells of channels that were changed or deleted; of what Hearth did itself only when the gateway is the faster. */
export const watchRooms = (client: Client, touched: (guildId: string, channelId: string) => void): void => {
  client.on(Events.ChannelDelete, (channel) => {
    if (!channel.isDMBased()) touched(channel.guildId, channel.id);
  });
  client.on(Events.ChannelUpdate, (before, after) => {
    if (before.isDMBased() || after.isDMBased()) return;
    // What Hearth changed itself it mostly knows already when the gateway tells of it.
    if (!isDeepStrictEqual(actualOf(before), actualOf(after))) touched(after.guildId, after.id);
  });
};
