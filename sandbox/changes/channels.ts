/** Keeps how channels come, change and go, with the events that clients get of it. */
import { shapeChannel } from '../shape/channel.ts';
import { shapeScheduledEvent } from '../shape/scheduled-event.ts';
import type { Channel, Guild, Overwrite, Snowflake, Thread, World } from '../world.ts';
import { dropVoiceState } from './voice.ts';

/** What a new channel is made of; the rest has Discord's defaults. */
export type ChannelDraft = Pick<Channel, 'guildId' | 'type' | 'name'> & Partial<Channel>;

/** Makes a channel without telling anybody. */
const newChannel = (world: World, draft: ChannelDraft): Channel => ({
  id: world.newId(),
  topic: null,
  parentId: null,
  position: 0,
  overwrites: new Map(),
  nsfw: false,
  slowmodeSeconds: 0,
  userLimit: 0,
  bitrate: 64_000,
  rtcRegion: null,
  videoQuality: 1,
  voiceStatus: null,
  lastMessageId: null,
  lastPinAt: null,
  thread: null,
  recipients: [],
  ...draft,
});

/** Tells those who may view a guild channel or thread of something that happened to it. */
export const tellChannel = (world: World, channel: Channel, type: string, data?: object): void => {
  if (channel.guildId === null) return;
  world.emit({
    type,
    to: { guild: channel.guildId, channel: channel.id },
    data: data ?? shapeChannel(world, channel),
  });
};

/** Adds a guild channel and tells who may view it. */
export const addChannel = (world: World, draft: ChannelDraft): Channel => {
  const channel = newChannel(world, draft);
  world.channels.set(channel.id, channel);
  tellChannel(world, channel, channel.thread ? 'THREAD_CREATE' : 'CHANNEL_CREATE');
  return channel;
};

/** What of a channel may change. */
export type ChannelPatch = Partial<Omit<Channel, 'id' | 'guildId' | 'type' | 'thread' | 'recipients'>>;

const sameOverwrites = (one: Map<Snowflake, Overwrite>, other: Map<Snowflake, Overwrite>): boolean =>
  one.size === other.size &&
  [...one.values()].every(({ id, allow, deny }) => {
    const match = other.get(id);
    return match !== undefined && match.allow === allow && match.deny === deny;
  });

/** A copy of overwrites that can be changed by itself. */
export const copyOverwrites = (overwrites: Map<Snowflake, Overwrite>): Map<Snowflake, Overwrite> =>
  new Map([...overwrites].map(([id, overwrite]) => [id, { ...overwrite }]));

/** The channels that stand in a category. */
export const childrenOf = (world: World, category: Channel): Channel[] =>
  [...world.channels.values()].filter((channel) => channel.parentId === category.id && !channel.thread);

/** Changes a channel; children whose overwrites were the same as their category's follow it. */
export const changeChannel = (world: World, channel: Channel, patch: ChannelPatch): void => {
  const synced = patch.overwrites
    ? childrenOf(world, channel).filter((child) => sameOverwrites(child.overwrites, channel.overwrites))
    : [];
  Object.assign(channel, patch);
  tellChannel(world, channel, channel.thread ? 'THREAD_UPDATE' : 'CHANNEL_UPDATE');
  for (const child of synced) changeChannel(world, child, { overwrites: copyOverwrites(channel.overwrites) });
};

const dropEvents = (world: World, guild: Guild, channel: Channel): void => {
  for (const event of [...guild.scheduledEvents.values()]) {
    if (event.channelId !== channel.id) continue;
    tellChannel(world, channel, 'GUILD_SCHEDULED_EVENT_DELETE', shapeScheduledEvent(world, event));
    guild.scheduledEvents.delete(event.id);
  }
};

const forget = (world: World, guild: Guild, channel: Channel): void => {
  world.channels.delete(channel.id);
  world.messages.delete(channel.id);
  for (const invite of guild.invites.values())
    if (invite.channelId === channel.id) guild.invites.delete(invite.code);
  for (const webhook of guild.webhooks.values())
    if (webhook.channelId === channel.id) guild.webhooks.delete(webhook.id);
};

/** Removes a guild channel with its threads and scheduled events; its people fall out of voice, its children lose their parent. */
export const removeChannel = (world: World, guild: Guild, channel: Channel): void => {
  for (const other of [...world.channels.values()]) {
    if (other.parentId !== channel.id) continue;
    if (other.thread) removeChannel(world, guild, other);
    else changeChannel(world, other, { parentId: null });
  }
  for (const state of [...guild.voiceStates.values()])
    if (state.channelId === channel.id) dropVoiceState(world, guild, state.userId);
  dropEvents(world, guild, channel);
  const { id, type, parentId, guildId } = channel;
  const data = channel.thread ? { id, type, parent_id: parentId, guild_id: guildId } : undefined;
  tellChannel(world, channel, channel.thread ? 'THREAD_DELETE' : 'CHANNEL_DELETE', data);
  forget(world, guild, channel);
};

/** Makes what only threads have. */
export const newThread = (ownerId: Snowflake, now: number, options: Partial<Thread>): Thread => ({
  ownerId,
  members: new Map([[ownerId, now]]),
  createdAt: now,
  archived: false,
  archivedAt: now,
  locked: false,
  invitable: true,
  autoArchiveMinutes: 1440,
  ...options,
});

/** The direct message between two users; made when there is none yet. */
export const directMessage = (world: World, one: Snowflake, other: Snowflake): Channel => {
  const existing = [...world.channels.values()].find(
    (channel) =>
      channel.guildId === null && channel.recipients.includes(one) && channel.recipients.includes(other),
  );
  if (existing) return existing;
  const channel = newChannel(world, { guildId: null, type: 1, name: '', recipients: [one, other] });
  world.channels.set(channel.id, channel);
  // Bots have not been told of direct messages since version 8; they find them by the first message.
  world.emit({
    type: 'CHANNEL_CREATE',
    to: { users: [one, other].filter((id) => !world.users.get(id)?.bot) },
    data: (viewer) => shapeChannel(world, channel, viewer.id),
  });
  return channel;
};
