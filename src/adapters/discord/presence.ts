/** Who is in the voice rooms, as the gateway tells it, and when that changes. */
import { type Client, Events, Status } from 'discord.js';
import type { Presence } from '../../ports/presence.ts';

/** Somebody came, went, or moved; bots are never told of. */
export interface Move {
  readonly guildId: string;
  readonly account: string;
  readonly from?: string;
  readonly to?: string;
}

export interface PresenceHooks {
  moved(move: Move): void;
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
    const { guild, id: account, channelId: to } = after;
    if (before.channelId === to || after.member?.user.bot) return;
    const from = before.channelId === null ? {} : { from: before.channelId };
    hooks.moved({ guildId: guild.id, account, ...from, ...(to === null ? {} : { to }) });
  });
  const seen = ({ id }: { readonly id: string }): void => hooks.seen(id);
  client.on(Events.ClientReady, ({ guilds }) =>
    guilds.cache.filter(({ available }) => available).forEach(seen),
  );
  client.on(Events.GuildCreate, seen);
  client.on(Events.GuildAvailable, seen);
  client.on(Events.ShardResume, () => client.guilds.cache.filter(({ available }) => available).forEach(seen));
};
