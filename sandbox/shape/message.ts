/** Keeps how messages look on the wire, and what of them a bot without Message Content may read. */
import type { Message, User, World } from '../world.ts';
import { shapeComponents, shapeEmbeds } from './component.ts';
import { shapeBareMember } from './member.ts';
import { shapeUser } from './user.ts';

const guildOf = (world: World, message: Message) =>
  world.guilds.get(world.channels.get(message.channelId)?.guildId ?? '');

const mentioned = (world: World, message: Message) =>
  message.mentions.users.flatMap((id) => world.users.get(id) ?? []).map(shapeUser);

const mentionedMembers = (world: World, message: Message) =>
  mentioned(world, message).map((user) => {
    const member = guildOf(world, message)?.members.get(user.id);
    return { ...user, ...(member ? { member: shapeBareMember(member) } : {}) };
  });

const withoutReply = (world: World, message: Message) => {
  const author = world.users.get(message.authorId);
  if (!author) throw new Error(`message ${message.id} has no author`);
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    author: shapeUser(author),
    content: message.content,
    timestamp: new Date(message.sentAt).toISOString(),
    edited_timestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    tts: message.tts,
    mention_everyone: message.mentions.everyone,
    mentions: mentioned(world, message),
    mention_roles: message.mentions.roles,
    attachments: message.attachments,
    embeds: shapeEmbeds(message),
    components: shapeComponents(message),
    flags: message.flags,
    pinned: message.pinnedAt !== null,
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(message.reference ? { message_reference: message.reference } : {}),
    ...(message.applicationId ? { application_id: message.applicationId } : {}),
    ...(message.applicationId && message.interaction ? { webhook_id: message.applicationId } : {}),
    ...(message.interaction ? { interaction_metadata: message.interaction } : {}),
  };
};

/** A message object with everything in it. */
export const shapeMessage = (world: World, message: Message) => {
  const plain = withoutReply(world, message);
  if (message.type !== 19 || !message.reference?.message_id) return plain;
  const target = world.messages.get(message.reference.channel_id ?? '')?.get(message.reference.message_id);
  return { ...plain, referenced_message: target ? withoutReply(world, target) : null };
};

/** A message as gateway events carry it: with its guild and the memberships of those it names. */
export const shapeMessageEvent = (world: World, message: Message) => {
  const guild = guildOf(world, message);
  const member = guild?.members.get(message.authorId);
  return {
    ...shapeMessage(world, message),
    mentions: mentionedMembers(world, message),
    channel_type: world.channels.get(message.channelId)?.type,
    ...(guild ? { guild_id: guild.id } : {}),
    ...(member ? { member: shapeBareMember(member) } : {}),
  };
};

/** Whether somebody may read what a message says; `privileged` tells whether Message Content is theirs. */
const mayRead = (world: World, message: Message, viewer: User, privileged: boolean): boolean =>
  !viewer.bot ||
  privileged ||
  message.authorId === viewer.id ||
  message.mentions.users.includes(viewer.id) ||
  guildOf(world, message) === undefined;

const BLANK = { content: '', embeds: [], components: [], attachments: [] };

/** A shaped message with its content taken out unless the viewer may read it. */
export const readable = <T extends object>(
  world: World,
  message: Message,
  shaped: T,
  viewer: User,
  privileged: boolean,
): T | (T & typeof BLANK) => (mayRead(world, message, viewer, privileged) ? shaped : { ...shaped, ...BLANK });

/** A message as an account gets it over REST. */
export const shapeMessageFor = (world: World, message: Message, viewer: User) => {
  const privileged = world.applications.get(viewer.id)?.privileged.messageContent ?? false;
  return readable(world, message, shapeMessage(world, message), viewer, privileged);
};
