/** Keeps the routes of single channels: get, change, delete, and what a voice channel shows. */
import { guildOf, requireIn, theChannel, theChannelWith } from '../access.ts';
import { ACTION, differences, record } from '../changes/audit-log.ts';
import {
  type ChannelPatch,
  changeChannel,
  childrenOf,
  removeChannel,
  tellChannel,
} from '../changes/channels.ts';
import { type Checked, flag, maybe, object, parse, text } from '../check/schema.ts';
import { invalid, refuse } from '../errors.ts';
import { readOverwrites } from '../overwrites.ts';
import { BITS } from '../permissions.ts';
import { type Call, noContent, ok, type Route } from '../rest/route.ts';
import { shapeChannel } from '../shape/channel.ts';
import type { Channel, Guild, Snowflake } from '../world.ts';
import { channelFields, channelName, MOST_IN_CATEGORY, properName, requireFits } from './channel-fields.ts';
import { changeThread } from './threads.ts';

// Some clients say beside the overwrites that they are the parent's; only the overwrites count.
const changes = object({ ...channelFields, name: maybe(channelName), lock_permissions: maybe(flag) });
type Changes = Checked<typeof changes>;

/** The parent that is wished for, if it is a category with room in it that the actor may work in. */
export const wishedParent = (call: Call, guild: Guild, parentId: Snowflake): Channel => {
  const parent = call.world.channels.get(parentId);
  if (!parent || parent.guildId !== guild.id || parent.type !== 4)
    throw invalid(['parent_id'], 'CHANNEL_PARENT_INVALID_TYPE', 'Not a category');
  requireIn(call, parent, BITS.MANAGE_CHANNELS);
  if (childrenOf(call.world, parent).length >= MOST_IN_CATEGORY)
    throw invalid(
      ['parent_id'],
      'CHANNEL_PARENT_MAX_CHANNELS',
      'Maximum number of channels in category reached (50)',
    );
  return parent;
};

const NAME_OR_TOPIC = { requests: 2, windowMs: 600_000 };

const spendOnNaming = (call: Call, channel: Channel, { name, topic }: Changes): void => {
  const renamed = name != null && properName(channel.type, name) !== channel.name;
  const retold = topic !== undefined && topic !== channel.topic;
  if (renamed || retold) call.spend(`naming ${channel.id}`, NAME_OR_TOPIC);
};

const parentIn = (call: Call, guild: Guild, channel: Channel, { parent_id }: Changes): Snowflake | null => {
  if (parent_id == null || parent_id === channel.parentId) return parent_id ?? null;
  return wishedParent(call, guild, parent_id).id;
};

const patchOf = (call: Call, guild: Guild, channel: Channel, wish: Changes): ChannelPatch => ({
  ...(wish.name == null ? {} : { name: properName(channel.type, wish.name) }),
  ...(wish.topic === undefined ? {} : { topic: wish.topic }),
  ...(wish.position == null ? {} : { position: wish.position }),
  ...(wish.nsfw == null ? {} : { nsfw: wish.nsfw }),
  ...(wish.rate_limit_per_user == null ? {} : { slowmodeSeconds: wish.rate_limit_per_user }),
  ...(wish.user_limit == null ? {} : { userLimit: wish.user_limit }),
  ...(wish.bitrate == null ? {} : { bitrate: wish.bitrate }),
  ...(wish.rtc_region === undefined ? {} : { rtcRegion: wish.rtc_region }),
  ...(wish.video_quality_mode == null ? {} : { videoQuality: wish.video_quality_mode }),
  ...(wish.parent_id === undefined ? {} : { parentId: parentIn(call, guild, channel, wish) }),
  ...(wish.permission_overwrites == null
    ? {}
    : { overwrites: readOverwrites(call, guild, wish.permission_overwrites, channel) }),
});

const changeGuildChannel = (call: Call, channel: Channel) => {
  requireIn(call, channel, BITS.MANAGE_CHANNELS);
  const wish = parse(changes, call.body ?? {});
  requireFits(channel.type, wish);
  if (wish.type != null && wish.type !== channel.type) throw refuse('wrongChannelType');
  const guild = guildOf(call, channel);
  const patch = patchOf(call, guild, channel, wish);
  spendOnNaming(call, channel, wish);
  const before = shapeChannel(call.world, channel);
  changeChannel(call.world, channel, patch);
  const after = shapeChannel(call.world, channel);
  record(call, guild, {
    action: ACTION.channelUpdate,
    targetId: channel.id,
    changes: differences(before, after),
  });
  return ok(after);
};

const patchChannel = (call: Call) => {
  const channel = theChannel(call);
  if (channel.guildId === null) throw refuse('notInDm');
  return channel.thread ? changeThread(call, channel, channel.thread) : changeGuildChannel(call, channel);
};

const deleteChannel = (call: Call) => {
  const channel = theChannel(call);
  const shaped = shapeChannel(call.world, channel, call.actor.id);
  // Closing a direct message only hides it from oneself.
  if (channel.guildId === null) return ok(shaped);
  requireIn(call, channel, channel.thread ? BITS.MANAGE_THREADS : BITS.MANAGE_CHANNELS);
  const guild = guildOf(call, channel);
  removeChannel(call.world, guild, channel);
  const action = channel.thread ? ACTION.threadDelete : ACTION.channelDelete;
  record(call, guild, { action, targetId: channel.id, changes: differences(shaped, {}) });
  return ok(shaped);
};

const putVoiceStatus = (call: Call) => {
  const channel = theChannelWith(call, BITS.SET_VOICE_CHANNEL_STATUS);
  if (channel.type !== 2) throw refuse('wrongChannelType');
  const guild = guildOf(call, channel);
  const connected = guild.voiceStates.get(call.actor.id)?.channelId === channel.id;
  if (!connected) requireIn(call, channel, BITS.MANAGE_CHANNELS);
  const { status } = parse(object({ status: maybe(text({ max: 500 })) }), call.body ?? {});
  channel.voiceStatus = status || null;
  tellChannel(call.world, channel, 'VOICE_CHANNEL_STATUS_UPDATE', {
    id: channel.id,
    guild_id: guild.id,
    status: channel.voiceStatus,
  });
  const options = { channel_id: channel.id, status: channel.voiceStatus ?? '' };
  record(call, guild, { action: ACTION.voiceStatusUpdate, targetId: channel.id, options });
  return noContent();
};

const startTyping = (call: Call) => {
  const channel = theChannelWith(call, BITS.SEND_MESSAGES);
  const { world, actor, now } = call;
  const data = { channel_id: channel.id, user_id: actor.id, timestamp: Math.floor(now / 1000) };
  if (channel.guildId !== null)
    tellChannel(world, channel, 'TYPING_START', { ...data, guild_id: channel.guildId });
  else world.emit({ type: 'TYPING_START', to: { users: channel.recipients }, data });
  return noContent();
};

/** Routes of single channels. */
export const channelRoutes: Route[] = [
  {
    method: 'GET',
    path: '/channels/:channel',
    handle: (call) => ok(shapeChannel(call.world, theChannel(call), call.actor.id)),
  },
  { method: 'PATCH', path: '/channels/:channel', handle: patchChannel },
  { method: 'DELETE', path: '/channels/:channel', handle: deleteChannel },
  { method: 'PUT', path: '/channels/:channel/voice-status', handle: putVoiceStatus },
  { method: 'POST', path: '/channels/:channel/typing', handle: startTyping },
];
