/** Who is in the voice rooms, as the gateway tells it, and when that changes. */
import { type Client, Events, type Guild, Status } from 'discord.js';
import type { Presence } from '../../ports/presence.ts';

export interface PresenceHooks {
  /** Somebody came into the room, or left it; bots are never told of. */
  changed(room: { readonly guildId: string; readonly channelId: string }): void;
  /** Somebody in a voice room of the server is not muted any more, by whomever. */
  unmuted(guildId: string): void;
  /** The server is seen (again) as it truly is: what was missed meanwhile is not known. */
  seen(guildId: string): void;
  /** These servers are not seen any more. */
  unseen(guildIds: readonly string[]): void;
}

const isSeen = (guild: Guild | undefined): boolean =>
  guild?.available === true && guild.shard.status === Status.Ready;

/** The port, over the gateway's voice states; a server of another process, or of another shard, is asked of `elsewhere`. */
export const discordPresence = (client: Client, elsewhere: Presence['inRoom']): Presence => ({
  sees: (guildId) => isSeen(client.guilds.cache.get(guildId)),
  inRoom: async (guildId, channelId) => {
    const guild = client.guilds.cache.get(guildId);
    if (!guild) return elsewhere(guildId, channelId);
    if (!isSeen(guild)) return undefined;
    return guild.voiceStates.cache
      .filter((state) => state.channelId === channelId && !state.member?.user.bot)
      .map(({ id }) => id);
  },
});

const watchSight = (client: Client, { seen, unseen }: PresenceHooks): void => {
  const ofShard = (shard: number): readonly Guild[] => [
    ...client.guilds.cache.filter(({ shardId }) => shardId === shard).values(),
  ];
  const allSeen = (shard: number): void =>
    ofShard(shard)
      .filter(({ available }) => available)
      .forEach(({ id }) => void seen(id));
  const noneSeen = (shard: number): void => unseen(ofShard(shard).map(({ id }) => id));
  client.on(Events.ShardReady, allSeen);
  client.on(Events.ShardResume, allSeen);
  client.on(Events.ShardReconnecting, noneSeen);
  client.on(Events.GuildCreate, ({ id }) => seen(id));
  client.on(Events.GuildAvailable, (guild) => {
    // A shard that still waits for its other servers tells of all of them when it sees them: told now, it would be told
    // twice, and the first time too early to look.
    if (guild.shard.status === Status.Ready) seen(guild.id);
  });
  client.on(Events.GuildUnavailable, ({ id }) => unseen([id]));
  client.on(Events.GuildDelete, ({ id }) => unseen([id]));
};

/** Tells of every change of who is in a room, and of every moment from which on the rooms are seen anew, or no more. */
export const watchPresence = (client: Client, hooks: PresenceHooks): void => {
  client.on(Events.VoiceStateUpdate, (before, after) => {
    if (after.member?.user.bot) return;
    if (before.serverMute === true && after.serverMute === false) hooks.unmuted(after.guild.id);
    if (before.channelId === after.channelId) return;
    for (const channelId of [before.channelId, after.channelId]) {
      if (channelId !== null) hooks.changed({ guildId: after.guild.id, channelId });
    }
  });
  watchSight(client, hooks);
};
