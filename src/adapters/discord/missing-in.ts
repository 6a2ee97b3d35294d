/** What the bot lacks in a channel where Discord has just refused it something. */
import { type APIChannel, DiscordAPIError, type GuildBasedChannel, Routes } from 'discord.js';
import type { Connected } from './client.ts';
import { missingFrom } from './permissions.ts';
import { serverNow } from './server-now.ts';

/** Asks Discord for a channel that the gateway did not tell of; a channel that cannot be seen is not told of either. */
const ask = async (client: Connected, channelId: string): Promise<GuildBasedChannel | undefined> => {
  try {
    // Discord's documented answer of this route.
    const channel = (await client.rest.get(Routes.channel(channelId))) as APIChannel;
    const guildId = 'guild_id' in channel ? channel.guild_id : undefined;
    const server = guildId === undefined ? undefined : await serverNow(client, guildId);
    return server?.guild.channels.cache.get(channelId);
  } catch (cause) {
    if (!(cause instanceof DiscordAPIError)) throw cause;
    return undefined;
  }
};

/** Names of the needed rights that are not held there; of all of them where none seems to lack, for one must. */
export const missingIn = async (
  client: Connected,
  channelId: string | undefined,
  needed: bigint,
): Promise<readonly string[]> => {
  const known = client.channels.cache.get(channelId ?? '');
  const channel = known ?? (channelId === undefined ? undefined : await ask(client, channelId));
  const held = channel && !channel.isDMBased() ? channel.permissionsFor(client.user.id)?.bitfield : undefined;
  const missing = missingFrom(held ?? 0n, needed);
  return missing.length > 0 ? missing : missingFrom(0n, needed);
};
