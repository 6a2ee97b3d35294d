/** The channels of a server as they stand, as the gateway and our own calls have told them. */
import { type Guild, type NonThreadGuildBasedChannel, RESTJSONErrorCodes } from 'discord.js';
import type { RoomRef } from '../../ports/store.ts';
import { refusedWith } from './attempt.ts';
import type { ActualRoom } from './plan-rooms.ts';

/** A channel as it stands. */
export const actualOf = (channel: NonThreadGuildBasedChannel): ActualRoom => ({
  id: channel.id,
  type: channel.type,
  name: channel.name,
  parentId: channel.parentId,
  userLimit: 'userLimit' in channel ? channel.userLimit : 0,
  overwrites: channel.permissionOverwrites.cache.map(({ id, type, allow, deny }) => ({
    id,
    type,
    allow: allow.bitfield,
    deny: deny.bitfield,
  })),
});

/** A room that the gateway has not told of yet is not gone: only Discord's own word makes it so. */
const lookFor = async (guild: Guild, channelId: string): Promise<void> => {
  if (guild.channels.cache.has(channelId)) return;
  try {
    await guild.channels.fetch(channelId);
  } catch (cause) {
    if (!refusedWith(cause, RESTJSONErrorCodes.UnknownChannel)) throw cause;
  }
};

/** Every channel of the server, with those that are known looked for where they were not told of. */
export const standingRooms = async (
  guild: Guild,
  known: readonly RoomRef[],
): Promise<readonly ActualRoom[]> => {
  for (const { channelId } of known) await lookFor(guild, channelId);
  return [...guild.channels.cache.values()].flatMap((channel) =>
    channel.isThread() ? [] : [actualOf(channel)],
  );
};
