/** Keeps how channels, threads and direct messages look on the wire. */
import type { Channel, Overwrite, Snowflake, Thread, World } from '../world.ts';
import { shapeUser } from './user.ts';

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

const shapeOverwrite = (overwrite: Overwrite) => ({
  id: overwrite.id,
  type: overwrite.type,
  allow: overwrite.allow.toString(),
  deny: overwrite.deny.toString(),
});

const written = (channel: Channel) => ({
  last_message_id: channel.lastMessageId,
  rate_limit_per_user: channel.slowmodeSeconds,
});

const spoken = (channel: Channel) => ({
  bitrate: channel.bitrate,
  user_limit: channel.userLimit,
  rtc_region: channel.rtcRegion,
  video_quality_mode: channel.videoQuality,
});

const shapeGuildChannel = (channel: Channel) => ({
  id: channel.id,
  type: channel.type,
  guild_id: channel.guildId,
  name: channel.name,
  position: channel.position,
  parent_id: channel.parentId,
  flags: 0,
  nsfw: channel.nsfw,
  permission_overwrites: [...channel.overwrites.values()].map(shapeOverwrite),
  ...(channel.type === 4 ? {} : written(channel)),
  ...(channel.type === 2 ? spoken(channel) : {}),
  ...(channel.type === 0 ? { topic: channel.topic, last_pin_timestamp: iso(channel.lastPinAt) } : {}),
});

/** The membership of a user in a thread. */
export const shapeThreadMember = (channel: Channel, userId: Snowflake, joinedAt: number) => ({
  id: channel.id,
  user_id: userId,
  join_timestamp: new Date(joinedAt).toISOString(),
  flags: 0,
});

const shapeThread = (world: World, channel: Channel, thread: Thread) => {
  const count = [...(world.messages.get(channel.id)?.values() ?? [])].filter(
    (m) => m.onlyFor === null,
  ).length;
  return {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    parent_id: channel.parentId,
    owner_id: thread.ownerId,
    name: channel.name,
    flags: 0,
    ...written(channel),
    message_count: count,
    total_message_sent: count,
    member_count: Math.min(thread.members.size, 50),
    thread_metadata: {
      archived: thread.archived,
      archive_timestamp: new Date(thread.archivedAt).toISOString(),
      auto_archive_duration: thread.autoArchiveMinutes,
      create_timestamp: new Date(thread.createdAt).toISOString(),
      locked: thread.locked,
      invitable: thread.invitable,
    },
  };
};

/** A channel object; a direct message shows the other person to the viewer. */
export const shapeChannel = (world: World, channel: Channel, viewerId: Snowflake | null = null) => {
  if (channel.thread) return shapeThread(world, channel, channel.thread);
  if (channel.guildId !== null) return shapeGuildChannel(channel);
  const others = channel.recipients
    .filter((id) => id !== viewerId)
    .flatMap((id) => world.users.get(id) ?? []);
  return {
    id: channel.id,
    type: channel.type,
    last_message_id: channel.lastMessageId,
    last_pin_timestamp: iso(channel.lastPinAt),
    flags: 0,
    recipients: others.map(shapeUser),
  };
};
