/** Keeps how messages come, change and go, with the events that clients get of it. */
import { readable, shapeMessageEvent } from '../shape/message.ts';
import { byAge } from '../snowflake.ts';
import type { Audience, Channel, Message, Snowflake, World } from '../world.ts';
import { forgetFiles } from './attachments.ts';
import { type AllowedMentions, mentioningText, mentionsOf } from './mentions.ts';

/** What a new message is made of; `allowedMentions` as the request gave them. */
export type MessageDraft = Pick<Message, 'channelId' | 'authorId'> &
  Partial<Omit<Message, 'mentions' | 'sentAt'>> & { allowedMentions?: AllowedMentions | null | undefined };

const channelOf = (world: World, message: Pick<Message, 'channelId'>): Channel => {
  const channel = world.channels.get(message.channelId);
  if (!channel) throw new Error(`no channel ${message.channelId} for a message`);
  return channel;
};

/** Who sees what happens to a message; all of a channel, or one user when it is ephemeral. */
const audienceOf = (channel: Channel, onlyFor: Snowflake | null): Audience => {
  if (onlyFor !== null) return { users: [onlyFor] };
  if (channel.guildId === null) return { users: channel.recipients };
  return { guild: channel.guildId, channel: channel.id };
};

const tell = (world: World, message: Message, type: string): void =>
  world.emit({
    type,
    to: audienceOf(channelOf(world, message), message.onlyFor),
    data: (viewer, readsContent) =>
      readable(world, message, shapeMessageEvent(world, message), viewer, readsContent),
  });

const repliedTo = (world: World, message: Pick<Message, 'reference' | 'type'>): Message | null =>
  message.type === 19
    ? (world.messages.get(message.reference?.channel_id ?? '')?.get(message.reference?.message_id ?? '') ??
      null)
    : null;

const pingsOf = (world: World, message: Message, allowed: AllowedMentions | null | undefined) =>
  mentionsOf(world, {
    channel: channelOf(world, message),
    authorId: message.authorId,
    text: mentioningText(message.content, message.components),
    allowed,
    repliedTo: repliedTo(world, message),
  });

const newMessage = (world: World, { allowedMentions: _, ...draft }: MessageDraft): Message => ({
  id: world.newId(),
  type: 0,
  sentAt: world.clock.now(),
  editedAt: null,
  content: '',
  embeds: [],
  components: [],
  attachments: [],
  flags: 0,
  tts: false,
  pinnedAt: null,
  nonce: null,
  mentions: { everyone: false, users: [], roles: [] },
  reference: null,
  applicationId: null,
  interaction: null,
  onlyFor: null,
  ...draft,
});

/** Adds a message to its channel and tells those who may see it. */
export const addMessage = (world: World, draft: MessageDraft): Message => {
  const channel = channelOf(world, draft);
  const message = newMessage(world, draft);
  message.mentions = pingsOf(world, message, draft.allowedMentions);
  const inChannel = world.messages.get(channel.id) ?? new Map<Snowflake, Message>();
  world.messages.set(channel.id, inChannel.set(message.id, message));
  if (message.onlyFor === null) channel.lastMessageId = message.id;
  tell(world, message, 'MESSAGE_CREATE');
  return message;
};

/** What of a message may change. */
export type MessagePatch = Partial<
  Pick<Message, 'content' | 'embeds' | 'components' | 'attachments' | 'flags' | 'editedAt'>
>;

/** Changes a message and tells those who may see it; its mentions are computed anew. */
export const changeMessage = (
  world: World,
  message: Message,
  patch: MessagePatch,
  allowed?: AllowedMentions | null,
): void => {
  const { attachments: before } = message;
  Object.assign(message, patch);
  forgetFiles(
    world,
    before.filter((it) => !message.attachments.includes(it)),
  );
  message.mentions = pingsOf(world, message, allowed);
  tell(world, message, 'MESSAGE_UPDATE');
};

/** Pins or unpins a message; pinning leaves a note in the channel, as Discord does. */
export const pinMessage = (world: World, message: Message, pinned: boolean, byId: Snowflake): void => {
  const channel = channelOf(world, message);
  message.pinnedAt = pinned ? world.clock.now() : null;
  tell(world, message, 'MESSAGE_UPDATE');
  if (pinned) channel.lastPinAt = world.clock.now();
  world.emit({
    type: 'CHANNEL_PINS_UPDATE',
    to: audienceOf(channel, null),
    data: {
      channel_id: channel.id,
      ...(channel.guildId === null ? {} : { guild_id: channel.guildId }),
      last_pin_timestamp: channel.lastPinAt === null ? null : new Date(channel.lastPinAt).toISOString(),
    },
  });
  if (pinned)
    addMessage(world, {
      channelId: channel.id,
      authorId: byId,
      type: 6,
      reference: referenceTo(channel, message),
    });
};

/** A reference to a message in a channel. */
export const referenceTo = (channel: Channel, message: Message) => ({
  type: 0,
  channel_id: channel.id,
  message_id: message.id,
  ...(channel.guildId === null ? {} : { guild_id: channel.guildId }),
});

/** Removes a message and tells those who could see it. */
export const removeMessage = (world: World, message: Message): void => {
  const channel = channelOf(world, message);
  world.messages.get(channel.id)?.delete(message.id);
  forgetFiles(world, message.attachments);
  world.emit({
    type: 'MESSAGE_DELETE',
    to: audienceOf(channel, message.onlyFor),
    data: {
      id: message.id,
      channel_id: channel.id,
      ...(channel.guildId === null ? {} : { guild_id: channel.guildId }),
    },
  });
};

/** Removes many messages of one channel with one event. */
export const removeMessages = (world: World, channel: Channel, messages: readonly Message[]): void => {
  for (const message of messages) {
    world.messages.get(channel.id)?.delete(message.id);
    forgetFiles(world, message.attachments);
  }
  world.emit({
    type: 'MESSAGE_DELETE_BULK',
    to: audienceOf(channel, null),
    data: { ids: messages.map((message) => message.id), channel_id: channel.id, guild_id: channel.guildId },
  });
};

/** The messages of a channel that stand in its history, oldest first. */
export const historyOf = (world: World, channel: Channel): Message[] =>
  [...(world.messages.get(channel.id)?.values() ?? [])]
    .filter((message) => message.onlyFor === null)
    .sort(byAge);
