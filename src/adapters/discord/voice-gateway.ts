/** The gateway's part in calls: asks Discord to let the bot into a room, and tells who is in it. */
import {
  ChannelType,
  type Client,
  Events,
  GatewayOpcodes,
  type Guild,
  PermissionFlagsBits,
  Status,
  type VoiceChannel,
} from 'discord.js';

/** Who is told of what the gateway says about calls. */
export interface CallEars {
  /** About the bot itself, in Discord's own words: how it stands in a server's voice, and which voice server is to be used. */
  packet(guildId: string, what: 'state' | 'server', packet: unknown): void;
  /** Somebody came into a voice room of this server, or left it. */
  changed(guildId: string): void;
}

export interface CallGateway {
  /** Whether a room can be entered now; `unreachable` while the gateway does not see it. */
  admission(guildId: string, channelId: string): 'yes' | 'forbidden' | 'full' | 'gone' | 'unreachable';
  /** The room in which the bot is, as Discord sees it. */
  standsIn(guildId: string): string | undefined;
  /** Accounts of everybody else in the room, bots too. */
  present(guildId: string, channelId: string): readonly string[];
  /** Asks Discord to let the bot be there, or nowhere; false when it cannot be asked now. */
  ask(guildId: string, state: { readonly channelId: string | undefined; readonly deaf: boolean }): boolean;
  listen(ears: CallEars): void;
}

type Adapter = ReturnType<Guild['voiceAdapterCreator']>;

/** A stage is no room for a call: it is not encrypted end to end. */
const voiceRoom = (guild: Guild, channelId: string): VoiceChannel | undefined => {
  const channel = guild.channels.cache.get(channelId);
  return channel?.type === ChannelType.GuildVoice ? channel : undefined;
};

const ENTERS = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.Connect];

const admissionTo = (channel: VoiceChannel, isInside: boolean): 'yes' | 'forbidden' | 'full' => {
  const rights = channel.guild.members.me && channel.permissionsFor(channel.guild.members.me);
  if (!rights?.has(ENTERS)) return 'forbidden';
  return channel.full && !isInside && !rights.has(PermissionFlagsBits.MoveMembers) ? 'full' : 'yes';
};

/** Calls, as this client's gateway knows them. */
export const callGateway = (client: Client): CallGateway => {
  const adapters = new Map<string, Adapter>();
  let ears: CallEars | undefined;

  const seen = (guildId: string): Guild | undefined => {
    const guild = client.guilds.cache.get(guildId);
    return guild?.available && guild.shard.status === Status.Ready ? guild : undefined;
  };

  /** The library hands the two packets on to whoever has an adapter, until the connection is lost. */
  const adapterOf = (guild: Guild): Adapter => {
    const known = adapters.get(guild.id);
    if (known) return known;
    const made = guild.voiceAdapterCreator({
      onVoiceStateUpdate: (packet) => ears?.packet(guild.id, 'state', packet),
      onVoiceServerUpdate: (packet) => ears?.packet(guild.id, 'server', packet),
      destroy: () => void adapters.delete(guild.id),
    });
    adapters.set(guild.id, made);
    return made;
  };

  const standsIn = (guildId: string): string | undefined =>
    client.guilds.cache.get(guildId)?.voiceStates.cache.get(client.user?.id ?? '')?.channelId ?? undefined;

  client.on(Events.VoiceStateUpdate, (before, after) => {
    if (before.channelId !== after.channelId && after.id !== client.user?.id) ears?.changed(after.guild.id);
  });

  return {
    admission: (guildId, channelId) => {
      const guild = seen(guildId);
      if (!guild) return 'unreachable';
      const channel = voiceRoom(guild, channelId);
      return channel ? admissionTo(channel, standsIn(guildId) === channelId) : 'gone';
    },
    standsIn,
    present: (guildId, channelId) =>
      [...(client.guilds.cache.get(guildId)?.voiceStates.cache.values() ?? [])]
        .filter((state) => state.channelId === channelId && state.id !== client.user?.id)
        .map(({ id }) => id),
    ask: (guildId, { channelId, deaf }) => {
      const guild = seen(guildId);
      const d = { guild_id: guildId, channel_id: channelId ?? null, self_mute: false, self_deaf: deaf };
      return guild !== undefined && adapterOf(guild).sendPayload({ op: GatewayOpcodes.VoiceStateUpdate, d });
    },
    listen: (told) => {
      ears = told;
    },
  };
};
