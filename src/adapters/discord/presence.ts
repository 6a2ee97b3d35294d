/** Who is in the voice rooms, as the gateway tells it, and when that changes. */
import { type Client, Events, Status } from 'discord.js';
import type { Presence } from '../../ports/presence.ts';

export interface PresenceHooks {
  /** Somebody came into the room, or left it; bots are never told of. */
  changed(room: { readonly guildId: string; readonly channelId: string }): void;
  /** The server is seen (again) as it truly is: what was missed meanwhile is not known. */
  seen(guildId: string): void;
}

/** The port, over the gateway's voice states. */
export const discordPresence = (client: Client): Presence => ({
  inRoom: (guildId, channelId) => {
    const guild = client.guilds.cache.get(guildId);
    if (!guild?.available || guild.shard.status !== Status.Ready) return undefined;
    return guild.voiceStates.cache
      .filter((state) => state.channelId === channelId && !state.member?.user.bot)
      .map(({ id }) => id);
  },
});

/** Tells of every change of who is in a room, and of every moment from which on the rooms are seen anew. */
export const watchPresence = (client: Client, hooks: PresenceHooks): void => {
  client.on(Events.VoiceStateUpdate, (before, after) => {
    if (before.channelId === after.channelId || after.member?.user.bot) return;
    for (const channelId of [before.channelId, after.channelId]) {
      if (channelId !== null) hooks.changed({ guildId: after.guild.id, channelId });
    }
  });
  const seen = ({ id }: { readonly id: string }): void => hooks.seen(id);
  const allOfShard = (shard: number): void =>
    client.guilds.cache.filter(({ available, shardId }) => available && shardId === shard).forEach(seen);
  client.on(Events.ShardReady, allOfShard);
  client.on(Events.ShardResume, allOfShard);
  client.on(Events.GuildCreate, seen);
  client.on(Events.GuildAvailable, (guild) => {
    // A shard that still waits for its other servers tells of all of them when it sees them: told now, it would be told
    // twice, and the first time too early to look.
    if (guild.shard.status === Status.Ready) seen(guild);
  });
};
