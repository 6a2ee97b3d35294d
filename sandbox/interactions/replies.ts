/** Keeps the messages by which interactions are answered: how they are made, edited and shown. */
import { attachmentsAfter, keepFiles } from '../changes/attachments.ts';
import { addMessage, changeMessage, referenceTo } from '../changes/messages.ts';
import {
  FLAG,
  isEmptyMessage,
  type MessageBody,
  mixesGenerations,
  readEdit,
  readReply,
} from '../check/message.ts';
import { invalid, refuse } from '../errors.ts';
import type { OpenCall } from '../rest/route.ts';
import type { Channel, Message, Snowflake, World } from '../world.ts';
import { type Interaction, sourceOf } from './ledger.ts';

/** Set while a message only says that the bot is thinking. */
export const LOADING = 1 << 7;

const KIND = { reply: 19, command: 20, menu: 23 } as const;

const channelOf = (world: World, it: Interaction): Channel => {
  const channel = world.channels.get(it.channelId);
  if (!channel) throw refuse('unknownChannel');
  return channel;
};

const originalOf = ({ progress }: Interaction): Snowflake | null =>
  progress.is === 'answered' ? progress.originalId : null;

/** The message that a reply hangs on; never one for somebody's own eyes under a reply for all. */
const targetOf = (world: World, it: Interaction, isEphemeral: boolean): Message | undefined => {
  const target = world.messages.get(it.channelId)?.get(originalOf(it) ?? sourceOf(it) ?? '');
  return target?.onlyFor === null || isEphemeral ? target : undefined;
};

const kindOf = ({ origin }: Interaction, target: Message | undefined): number => {
  if (target) return KIND.reply;
  return origin.type === 2 && origin.commandType !== 1 ? KIND.menu : KIND.command;
};

const metadataOf = (it: Interaction): Interaction['metadata'] => {
  const original = originalOf(it);
  return original === null ? it.metadata : { ...it.metadata, original_response_message_id: original };
};

/** Sends a message as the answer of an interaction; with bit 64 only its person sees it. */
const send = (call: OpenCall, it: Interaction, body: MessageBody): Message => {
  const { world } = call;
  const channel = channelOf(world, it);
  const flags = body.flags ?? 0;
  const isEphemeral = (flags & FLAG.ephemeral) !== 0;
  const target = targetOf(world, it, isEphemeral);
  const message = addMessage(world, {
    channelId: channel.id,
    authorId: it.applicationId,
    applicationId: it.applicationId,
    type: kindOf(it, target),
    reference: target ? referenceTo(channel, target) : null,
    interaction: metadataOf(it),
    onlyFor: isEphemeral ? it.userId : null,
    content: body.content?.trim() ?? '',
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    attachments: keepFiles(world, { path: 'attachments', id: channel.id }, call.files, body.attachments),
    tts: body.tts ?? false,
    flags,
    allowedMentions: body.allowed_mentions,
  });
  it.messages.add(message.id);
  return message;
};

/** Sends what the call's `data` says; throws 400/50006 when there is nothing to see. */
export const reply = (call: OpenCall, it: Interaction, data: unknown): Message => {
  const body = readReply(data, call.files);
  if (isEmptyMessage({ ...body, attachments: call.files })) throw refuse('emptyMessage');
  return send(call, it, body);
};

/** Sends the message that says that the bot is thinking. */
export const replyLater = (call: OpenCall, it: Interaction, isEphemeral: boolean): Message =>
  send(call, it, { flags: LOADING | (isEphemeral ? FLAG.ephemeral : 0) });

const refuseMixing = () =>
  invalid(
    ['flags'],
    'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    'Content and embeds must be taken out of a message that becomes one of components.',
  );

/** Edits a message by what the call's `data` says; a message that was loading is then complete. */
export const edit = (call: OpenCall, message: Message, data: unknown): Message => {
  const body = readEdit(data, call.files, { flags: message.flags, attachments: message.attachments });
  const after = {
    content: body.content === undefined ? message.content : (body.content?.trim() ?? ''),
    embeds: body.embeds ?? message.embeds,
    components: body.components ?? message.components,
    attachments: attachmentsAfter(call.world, message, call.files, body.attachments),
    flags: (message.flags & ~LOADING) | (body.flags ?? 0),
    editedAt: message.flags & LOADING ? null : call.now,
  };
  if (isEmptyMessage(after)) throw refuse('emptyMessage');
  if (mixesGenerations(after)) throw refuseMixing();
  changeMessage(call.world, message, after, body.allowed_mentions);
  return message;
};

/** A message in the channel of an interaction; 10008 when it is gone. */
export const messageOf = (world: World, it: Interaction, id: Snowflake | null): Message => {
  const message = world.messages.get(it.channelId)?.get(id ?? '');
  if (!message) throw refuse('unknownMessage');
  return message;
};
