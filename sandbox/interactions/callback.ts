/** Keeps how a bot answers an interaction for the first time, and what the person then gets. */
import { readCallback, readDefer, readSuggestions } from '../check/interaction.ts';
import { FLAG } from '../check/message.ts';
import { readModal } from '../check/modal.ts';
import { invalid, refuse } from '../errors.ts';
import { noContent, type OpenCall, ok, type Route } from '../rest/route.ts';
import { shapeMessage } from '../shape/message.ts';
import { shapeUser } from '../shape/user.ts';
import type { Message, Snowflake, World } from '../world.ts';
import { acknowledge, type Interaction, ledgerOf, type Progress, sourceOf, tellPerson } from './ledger.ts';
import { edit, LOADING, messageOf, reply, replyLater } from './replies.ts';

/** An answer that was carried out: how far the interaction is now, and the message that shows it. */
type Answered = { readonly progress: Progress; readonly message: Message | null };

const theInteraction = (call: OpenCall): Interaction => {
  const it = ledgerOf(call.world).interactions.get(call.param('token'));
  if (!it || it.id !== call.param('interaction') || it.progress.is === 'lapsed')
    throw refuse('unknownInteraction');
  if (it.progress.is !== 'waiting') throw refuse('alreadyAnswered');
  return it;
};

const refuseType = () =>
  invalid(['type'], 'INTERACTION_CALLBACK_TYPE_INVALID', 'This interaction takes no such answer.');

/** Which types of answer an interaction takes. */
const typesFor = (it: Interaction): readonly number[] => {
  if (it.origin.type === 4) return [8];
  const form = it.origin.type === 5 ? [] : [9];
  return [4, 5, ...(sourceOf(it) === null ? [] : [6, 7]), ...form];
};

const openForm = (call: OpenCall, it: Interaction, data: unknown): void => {
  const modal = readModal(data);
  const { id, applicationId, userId, channelId, metadata } = it;
  if (metadata.type === 5) throw refuseType();
  ledgerOf(call.world).forms.set(id, {
    id,
    modal,
    applicationId,
    userId,
    channelId,
    metadata,
    at: call.now,
    messageId: sourceOf(it),
  });
  tellPerson(call.world, it, 'INTERACTION_MODAL_CREATE', {
    ...modal,
    channel_id: channelId,
    application: applicationOf(call.world, applicationId),
  });
};

const applicationOf = (world: World, id: Snowflake): object => {
  const bot = world.users.get(id);
  return { id, name: world.applications.get(id)?.name, ...(bot ? { bot: shapeUser(bot) } : {}) };
};

const suggest = (call: OpenCall, it: Interaction, data: unknown): void => {
  const choices = readSuggestions(data, it.origin.type === 4 ? it.origin.optionType : 0);
  tellPerson(call.world, it, 'APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE', { choices });
};

const shown = (message: Message): Answered => ({
  message,
  progress: {
    is: (message.flags & LOADING) === 0 ? 'answered' : 'loading',
    originalId: message.id,
  },
});

const NOTHING_SHOWN: Answered = { message: null, progress: { is: 'answered', originalId: null } };

const carryOut = (call: OpenCall, it: Interaction, type: number, data: unknown): Answered => {
  const source = () => messageOf(call.world, it, sourceOf(it));
  switch (type) {
    case 4:
      return shown(reply(call, it, data));
    case 5:
      return shown(replyLater(call, it, readDefer(data)));
    case 6:
      return { ...NOTHING_SHOWN, progress: { is: 'answered', originalId: source().id } };
    case 7:
      return shown(edit(call, source(), data));
    case 8:
      suggest(call, it, data);
      return NOTHING_SHOWN;
    default:
      openForm(call, it, data);
      return NOTHING_SHOWN;
  }
};

const resourceOf = (world: World, type: number, message: Message | null): object =>
  message && (type === 4 || type === 7) ? { resource: { type, message: shapeMessage(world, message) } } : {};

const responseOf = (world: World, it: Interaction, type: number, message: Message | null): object => ({
  interaction: {
    id: it.id,
    type: it.origin.type,
    channel_id: it.channelId,
    ...(it.guildId === null ? {} : { guild_id: it.guildId }),
    ...(message
      ? {
          response_message_id: message.id,
          response_message_loading: (message.flags & LOADING) !== 0,
          response_message_ephemeral: (message.flags & FLAG.ephemeral) !== 0,
        }
      : {}),
  },
  ...resourceOf(world, type, message),
});

const wantsResponse = ({ query }: OpenCall): boolean =>
  ['true', 'True', '1'].includes(query.get('with_response') ?? '');

const answer = (call: OpenCall) => {
  const it = theInteraction(call);
  const { type, data } = readCallback(call.body);
  if (!typesFor(it).includes(type)) throw refuseType();
  const { progress, message } = carryOut(call, it, type, data);
  if (progress.is === 'answered' && progress.originalId !== null) it.messages.add(progress.originalId);
  acknowledge(call.world, it, progress);
  return wantsResponse(call) ? ok(responseOf(call.world, it, type, message)) : noContent();
};

/** The route by which a bot answers an interaction. */
export const callbackRoutes: Route[] = [
  {
    method: 'POST',
    path: '/interactions/:interaction/:token/callback',
    query: ['with_response'],
    open: true,
    outsideGlobal: true,
    ownerOf: (world, { token }) => ledgerOf(world).interactions.get(token ?? '')?.applicationId,
    handle: answer,
  },
];
