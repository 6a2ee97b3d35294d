/** Keeps the routes of messages: read, send, edit, delete. */
import { guildOf, requireIn, theChannel, theChannelWith, theMessage } from '../access.ts';
import { moderate } from '../auto-moderation.ts';
import { attachmentsAfter, keepFiles } from '../changes/attachments.ts';
import { ACTION, record } from '../changes/audit-log.ts';
import { addMessage, changeMessage, historyOf, removeMessage, removeMessages } from '../changes/messages.ts';
import { isEmptyMessage, type MessageBody, readEdit, readMessage } from '../check/message.ts';
import { list, object, parse, snowflake } from '../check/schema.ts';
import { invalid, refuse } from '../errors.ts';
import { BITS, channelPermissions, has } from '../permissions.ts';
import { pageOf } from '../rest/query.ts';
import { type Call, noContent, ok, type Route } from '../rest/route.ts';
import { shapeMessageFor } from '../shape/message.ts';
import { timeOf } from '../snowflake.ts';
import type { Channel, Message } from '../world.ts';

const NONCE_WINDOW = 3 * 60_000;
const HOUR = 3_600_000;
const TWO_WEEKS = 14 * 24 * 3600 * 1000;

const requireOpenDm = ({ world, actor }: Call, channel: Channel): void => {
  const other = world.users.get(channel.recipients.find((id) => id !== actor.id) ?? '');
  if (!other) throw refuse('unknownChannel');
  const mutual = [...world.guilds.values()].some(
    ({ members }) => members.has(actor.id) && members.has(other.id),
  );
  if (!mutual) throw refuse('noMutualGuilds');
  if (other.dmsClosed) throw refuse('dmsClosed');
};

const neededFor = ({ embeds = [], tts }: MessageBody, files: readonly unknown[]): bigint =>
  BITS.SEND_MESSAGES |
  (embeds.length > 0 ? BITS.EMBED_LINKS : 0n) |
  (files.length > 0 ? BITS.ATTACH_FILES : 0n) |
  (tts ? BITS.SEND_TTS_MESSAGES : 0n);

const requirePatience = (call: Call, channel: Channel): void => {
  const unaffected = BITS.BYPASS_SLOWMODE;
  if (channel.slowmodeSeconds === 0 || call.actor.bot) return;
  if (has(channelPermissions(call.world, channel, call.actor.id), unaffected)) return;
  const limit = { requests: 1, windowMs: channel.slowmodeSeconds * 1000 };
  call.spend(`slowmode ${channel.id} ${call.actor.id}`, limit, 20016);
};

const referenceOf = (call: Call, channel: Channel, body: MessageBody): Message['reference'] => {
  const wish = body.message_reference;
  if (!wish) return null;
  if (!has(channelPermissions(call.world, channel, call.actor.id), BITS.READ_MESSAGE_HISTORY))
    throw refuse('noHistoryToReply');
  const target = call.world.messages.get(channel.id)?.get(wish.message_id);
  const found =
    target !== undefined && target.onlyFor === null && (wish.channel_id ?? channel.id) === channel.id;
  if (!found && wish.fail_if_not_exists === false) return null;
  if (!found) throw invalid(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
  return {
    type: 0,
    message_id: wish.message_id,
    channel_id: channel.id,
    ...(channel.guildId === null ? {} : { guild_id: channel.guildId }),
  };
};

const sentBefore = (
  { world, actor, now }: Call,
  { nonce, enforce_nonce }: MessageBody,
): Message | undefined => {
  if (!enforce_nonce || nonce == null) return undefined;
  return [...world.messages.values()]
    .flatMap((inChannel) => [...inChannel.values()])
    .find((it) => it.authorId === actor.id && it.nonce === nonce && now - it.sentAt < NONCE_WINDOW);
};

const requireMaySend = (call: Call, channel: Channel, body: MessageBody): void => {
  if (channel.type === 4) throw refuse('nonTextChannel');
  if (channel.guildId === null) requireOpenDm(call, channel);
  if (channel.thread?.archived) throw refuse('archivedThread');
  requireIn(call, channel, neededFor(body, call.files));
  if (isEmptyMessage({ ...body, attachments: call.files })) throw refuse('emptyMessage');
  for (const key of ['components', 'embeds'] as const)
    if (!call.actor.bot && body[key]?.length) throw invalid([key], 'BOTS_ONLY', `People cannot send ${key}.`);
};

const sendMessage = (call: Call) => {
  const { world, actor } = call;
  const channel = theChannel(call);
  const body = readMessage(call.body, call.files);
  requireMaySend(call, channel, body);
  const before = sentBefore(call, body);
  if (before) return ok(shapeMessageFor(world, before, actor));
  const reference = referenceOf(call, channel, body);
  requirePatience(call, channel);
  const afterwards = moderate(call, channel, body.content ?? '');
  const message = addMessage(world, {
    channelId: channel.id,
    authorId: actor.id,
    type: reference ? 19 : 0,
    content: body.content?.trim() ?? '',
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    attachments: keepFiles(world, { path: 'attachments', id: channel.id }, call.files, body.attachments),
    flags: body.flags ?? 0,
    tts: body.tts ?? false,
    nonce: body.nonce ?? null,
    reference,
    allowedMentions: body.allowed_mentions,
  });
  afterwards(message);
  return ok(shapeMessageFor(world, message, actor));
};

// Discord publishes no figure for messages older than an hour; this is what people have counted.
const OLD_EDITS = { requests: 3, windowMs: 20_000 };

const spendOnAge = (call: Call, { channelId, sentAt }: Message): void => {
  if (call.now - sentAt > HOUR) call.spend(`old edits ${channelId} ${call.actor.id}`, OLD_EDITS, 30046);
};

const editMessage = (call: Call) => {
  const { world, actor } = call;
  const channel = theChannel(call);
  const message = theMessage(call, channel);
  if (message.authorId !== actor.id) throw refuse('notTheAuthor');
  if (message.type !== 0 && message.type !== 19 && message.type !== 20) throw refuse('systemMessage');
  const body = readEdit(call.body, call.files, message);
  spendOnAge(call, message);
  if (call.files.length > 0) requireIn(call, channel, BITS.ATTACH_FILES);
  const attachments = attachmentsAfter(world, message, call.files, body.attachments);
  const { content = message.content, embeds = message.embeds, components = message.components } = body;
  if (isEmptyMessage({ content, embeds, components, attachments })) throw refuse('emptyMessage');
  const patch = { content: content?.trim() ?? '', embeds, components, attachments, editedAt: call.now };
  const flags = message.flags | (body.flags ?? 0);
  const afterwards = moderate(call, channel, patch.content);
  changeMessage(world, message, { ...patch, flags }, body.allowed_mentions);
  afterwards(message);
  return ok(shapeMessageFor(world, message, actor));
};

const deleteMessage = (call: Call) => {
  const channel = theChannel(call);
  const message = theMessage(call, channel);
  const own = message.authorId === call.actor.id;
  if (!own && channel.guildId === null) throw refuse('notInDm');
  if (!own) requireIn(call, channel, BITS.MANAGE_MESSAGES);
  removeMessage(call.world, message);
  const options = { channel_id: channel.id, count: '1' };
  const deed = { action: ACTION.messageDelete, targetId: message.authorId, options };
  if (!own) record(call, guildOf(call, channel), deed);
  return noContent();
};

const manyIds = object({ messages: list(snowflake, { max: 100 }) });

const deleteMany = (call: Call) => {
  const channel = theChannelWith(call, BITS.MANAGE_MESSAGES);
  const guild = guildOf(call, channel);
  const ids = new Set(parse(manyIds, call.body).messages);
  if (ids.size < 2) throw refuse('bulkDeleteCount');
  if ([...ids].some((id) => timeOf(id) < call.now - TWO_WEEKS)) throw refuse('tooOldForBulkDelete');
  const messages = historyOf(call.world, channel).filter(({ id }) => ids.has(id));
  removeMessages(call.world, channel, messages);
  const options = { count: String(messages.length) };
  record(call, guild, { action: ACTION.messageBulkDelete, targetId: channel.id, options });
  return noContent();
};

const listMessages = (call: Call) => {
  const channel = theChannel(call);
  if (channel.type === 4) throw refuse('nonTextChannel');
  const page = pageOf(historyOf(call.world, channel), call.query, { usual: 50, most: 100 });
  // Who may not read history gets nothing, and no refusal.
  const readable = has(channelPermissions(call.world, channel, call.actor.id), BITS.READ_MESSAGE_HISTORY);
  return ok(readable ? page.map((message) => shapeMessageFor(call.world, message, call.actor)) : []);
};

const getMessage = (call: Call) => {
  const channel = theChannelWith(call, BITS.READ_MESSAGE_HISTORY);
  return ok(shapeMessageFor(call.world, theMessage(call, channel), call.actor));
};

const many = '/channels/:channel/messages';
const one = '/channels/:channel/messages/:message';

/** Routes of messages. */
export const messageRoutes: Route[] = [
  { method: 'GET', path: many, query: ['around', 'before', 'after', 'limit'], handle: listMessages },
  { method: 'POST', path: many, limit: { requests: 5, windowMs: 5000 }, handle: sendMessage },
  { method: 'POST', path: `${many}/bulk-delete`, only: 'bots', handle: deleteMany },
  { method: 'GET', path: one, handle: getMessage },
  { method: 'PATCH', path: one, limit: { requests: 5, windowMs: 5000 }, handle: editMessage },
  { method: 'DELETE', path: one, limit: { requests: 5, windowMs: 1000 }, handle: deleteMessage },
];
