/** What the bot lacks in a channel where Discord has just refused it something. */
import type { Client } from 'discord.js';
import { missingFrom } from './permissions.ts';

/** Names of the needed rights that are not held there; of all of them where none seems to lack, for one must. */
export const missingIn = (
  client: Client<true>,
  channelId: string | undefined,
  needed: bigint,
): readonly string[] => {
  const channel = client.channels.cache.get(channelId ?? '');
  const held = channel && !channel.isDMBased() ? channel.permissionsFor(client.user)?.bitfield : undefined;
  const missing = missingFrom(held ?? 0n, needed);
  return missing.length > 0 ? missing : missingFrom(0n, needed);
};
