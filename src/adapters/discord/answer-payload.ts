/** How a reply is given in Discord: at once while the three seconds run, or later, when they were kept open. */
import {
  type APIInteractionResponse,
  type APIModalInteractionResponseCallbackData,
  InteractionType,
  InteractionResponseType as Kind,
  MessageFlags,
} from 'discord-api-types/v10';
import type { Reply } from '../../command.ts';
import type { Form } from '../../words/card.ts';
import type { Words } from '../../words/index.ts';
import { type CardPayload, cardPayload } from './card-payload.ts';
import { formPayload } from './form-payload.ts';
import type { Deed } from './to-request.ts';

/** A reply as Discord is told of it; `late` is what to say when a form can no longer be the first answer. */
export type Answer =
  | { readonly shows: 'nothing' }
  | { readonly shows: 'card'; readonly card: CardPayload }
  | {
      readonly shows: 'form';
      readonly form: APIModalInteractionResponseCallbackData;
      readonly late: CardPayload;
    };

const lateForm = (words: Words, form: Form): CardPayload => {
  const written = form.fields.flatMap((field) =>
    field.kind === 'text' && field.written ? [field.written] : [],
  );
  const card = words.formIsReady(form);
  return cardPayload(written.length > 0 ? words.givenBack(card, written) : card);
};

/** Whether a button was pressed on a card that only this person sees: the answer takes its place. */
const onOwnCard = (interaction: Deed): boolean =>
  interaction.type === InteractionType.MessageComponent &&
  ((interaction.message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;

/** A press on a card that stands for all needs no words: the card itself shows what was done. */
const onBoard = (interaction: Deed): boolean =>
  interaction.type === InteractionType.MessageComponent && !onOwnCard(interaction);

/** Where nothing stands that all can see: what was done must be told. */
const inDirectMessage = ({ guild_id: guildId }: Deed): boolean => guildId === undefined;

/** A reply as an answer; throws a RangeError when something is longer than Discord takes. */
export const answerOf = (reply: Reply, interaction: Deed, words: Words): Answer => {
  if (reply.kind !== 'ask') {
    return reply.kind === 'done' && onBoard(interaction) && !inDirectMessage(interaction)
      ? { shows: 'nothing' }
      : { shows: 'card', card: cardPayload(reply.card) };
  }
  const late = lateForm(words, reply.form);
  // Discord lets no form follow upon a form.
  return interaction.type === InteractionType.ModalSubmit
    ? { shows: 'card', card: late }
    : { shows: 'form', form: formPayload(reply.form), late };
};

const privately = (card: CardPayload) => ({ ...card, flags: MessageFlags.Ephemeral as const });

/** The first answer to an interaction. */
export const firstResponse = (interaction: Deed, answer: Answer): APIInteractionResponse => {
  if (answer.shows === 'nothing') return { type: Kind.DeferredMessageUpdate };
  if (answer.shows === 'form') return { type: Kind.Modal, data: answer.form };
  return onOwnCard(interaction)
    ? { type: Kind.UpdateMessage, data: answer.card }
    : {
        type: Kind.ChannelMessageWithSource,
        data: privately(answer.card),
      };
};

/** What keeps an interaction open: a press shows nothing yet, for it may have nothing to show. */
export const deferral = (interaction: Deed): APIInteractionResponse =>
  interaction.type === InteractionType.MessageComponent
    ? { type: Kind.DeferredMessageUpdate }
    : { type: Kind.DeferredChannelMessageWithSource, data: { flags: MessageFlags.Ephemeral } };

/** What follows a deferral: the edit of what stands, a message of its own, or nothing. */
export type Later =
  | { readonly how: 'edit'; readonly body: CardPayload }
  | { readonly how: 'post'; readonly body: CardPayload & { readonly flags: MessageFlags.Ephemeral } }
  | { readonly how: 'nothing' };

/** The answer after a deferral. */
export const laterResponse = (interaction: Deed, answer: Answer): Later => {
  if (answer.shows === 'nothing') return { how: 'nothing' };
  const body = answer.shows === 'form' ? answer.late : answer.card;
  return onBoard(interaction) ? { how: 'post', body: privately(body) } : { how: 'edit', body };
};
