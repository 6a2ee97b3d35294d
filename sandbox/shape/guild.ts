/** Keeps how a guild looks on the wire. */
import { canView } from '../permissions.ts';
import type { Channel, Guild, User, World } from '../world.ts';
import { shapeChannel } from './channel.ts';
import { shapeMember, shapeVoiceState } from './member.ts';
import { shapeRole } from './role.ts';
import { eventsFor, shapeScheduledEvent } from './scheduled-event.ts';

/** A guild object, without members and channels. */
export const shapeGuild = (guild: Guild) => ({
  id: guild.id,
  name: guild.name,
  icon: null,
  description: null,
  home_header: null,
  splash: null,
  discovery_splash: null,
  features: [...guild.features],
  banner: null,
  owner_id: guild.ownerId,
  application_id: null,
  region: 'deprecated',
  afk_channel_id: null,
  afk_timeout: 300,
  system_channel_id: null,
  system_channel_flags: 0,
  widget_enabled: guild.widgetEnabled,
  widget_channel_id: null,
  verification_level: 0,
  roles: [...guild.roles.values()].map(shapeRole),
  default_message_notifications: 1,
  mfa_level: guild.mfaLevel,
  explicit_content_filter: 0,
  max_presences: null,
  max_members: 500_000,
  max_stage_video_channel_users: 50,
  max_video_channel_users: 25,
  vanity_url_code: null,
  premium_tier: 0,
  premium_subscription_count: 0,
  preferred_locale: 'en-US',
  rules_channel_id: null,
  safety_alerts_channel_id: null,
  public_updates_channel_id: null,
  premium_progress_bar_enabled: false,
  nsfw: false,
  nsfw_level: 0,
  emojis: [],
  stickers: [],
  incidents_data: null,
});

/** The channels of a guild, threads left out, in the order in which they were made. */
export const channelsOf = (world: World, guild: Guild): Channel[] =>
  [...world.channels.values()].filter((channel) => channel.guildId === guild.id && !channel.thread);

/** The open threads of a guild that a user may see. */
export const threadsFor = (world: World, guild: Guild, user: User): Channel[] =>
  [...world.channels.values()].filter(
    (channel) =>
      channel.guildId === guild.id && channel.thread?.archived === false && canView(world, channel, user.id),
  );

/**
 * What GUILD_CREATE brings: a bot learns of every channel, a person only of those that it may view;
 * without presences a bot learns only of itself and of who is in voice.
 */
export const shapeGuildCreate = (world: World, guild: Guild, viewer: User, withMembers: boolean) => {
  const seen = channelsOf(world, guild).filter((channel) => viewer.bot || canView(world, channel, viewer.id));
  const voices = [...guild.voiceStates.values()].filter((state) => {
    const channel = world.channels.get(state.channelId);
    return channel !== undefined && canView(world, channel, viewer.id);
  });
  const told = new Set([viewer.id, ...voices.map((state) => state.userId)]);
  const members = [...guild.members.values()].filter((member) => withMembers || told.has(member.userId));
  return {
    ...shapeGuild(guild),
    joined_at: new Date(guild.members.get(viewer.id)?.joinedAt ?? 0).toISOString(),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: voices.map((state) => shapeVoiceState(world, guild, state)),
    members: members.map((member) => shapeMember(world, member)),
    channels: seen.map((channel) => shapeChannel(world, channel)),
    threads: threadsFor(world, guild, viewer).map((thread) => shapeChannel(world, thread)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: eventsFor(world, guild, viewer).map((event) => shapeScheduledEvent(world, event)),
    soundboard_sounds: [],
  };
};
