/** How a reply is given in Discord: at once while the three seconds run, or later, when they were kept open. */
import type { RawFile } from '@discordjs/rest';
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
import { type Attached, attachedOf, filesOf } from './file-payload.ts';
import { formPayload } from './form-payload.ts';
import type { Deed } from './to-request.ts';

/** A reply as Discord is told of it; `late` is what to say when a form can no longer be the first answer. */
export type Answer =
  | { readonly shows: 'nothing' }
  | { readonly shows: 'card'; readonly card: CardPayload; readonly files: RawFile[] }
  | {
      readonly shows: 'form';
      readonly form: APIModalInteractionResponseCallbackData;
      readonly late: CardPayload;
    };

/** What is sent, and the files beside it. */
export interface Sending<Body> {
  readonly body: Body;
  readonly files: RawFile[];
}

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
    const files = filesOf(reply.kind === 'tell' ? reply.file : undefined);
    return reply.kind === 'done' && onBoard(interaction) && !inDirectMessage(interaction)
      ? { shows: 'nothing' }
      : { shows: 'card', card: cardPayload(reply.card), files };
  }
  const late = lateForm(words, reply.form);
  // Discord lets no form follow upon a form.
  return interaction.type === InteractionType.ModalSubmit
    ? { shows: 'card', card: late, files: [] }
    : { shows: 'form', form: formPayload(reply.form), late };
};

/** A message that speaks of its files. */
type Told = CardPayload & { readonly attachments?: Attached[] };

const told = (card: CardPayload, files: readonly RawFile[]): Told =>
  files.length > 0 ? { ...card, attachments: attachedOf(files) } : card;

/** In the place of a card that had a file: what the new one does not speak of would stay. */
const inItsPlace = (interaction: Deed, card: CardPayload, files: readonly RawFile[]): Told => {
  const had = interaction.type === InteractionType.MessageComponent && interaction.message.attachments.length;
  return had ? { ...card, attachments: attachedOf(files) } : told(card, files);
};

const privately = (body: Told) => ({ ...body, flags: MessageFlags.Ephemeral as const });

const plainly = <Body>(body: Body): Sending<Body> => ({ body, files: [] });

/** The first answer to an interaction. */
export const firstResponse = (interaction: Deed, answer: Answer): Sending<APIInteractionResponse> => {
  if (answer.shows === 'nothing') return plainly({ type: Kind.DeferredMessageUpdate });
  if (answer.shows === 'form') return plainly({ type: Kind.Modal, data: answer.form });
  const { card, files } = answer;
  return onOwnCard(interaction)
    ? { body: { type: Kind.UpdateMessage, data: inItsPlace(interaction, card, files) }, files }
    : { body: { type: Kind.ChannelMessageWithSource, data: privately(told(card, files)) }, files };
};

/** What keeps an interaction open: a press shows nothing yet, for it may have nothing to show. */
export const deferral = (interaction: Deed): Sending<APIInteractionResponse> =>
  plainly(
    interaction.type === InteractionType.MessageComponent
      ? { type: Kind.DeferredMessageUpdate }
      : { type: Kind.DeferredChannelMessageWithSource, data: { flags: MessageFlags.Ephemeral } },
  );

/** What follows a deferral: the edit of what stands, a message of its own, or nothing. */
export type Later =
  | ({ readonly how: 'edit' } & Sending<Told>)
  | ({ readonly how: 'post' } & Sending<Told & { readonly flags: MessageFlags.Ephemeral }>)
  | { readonly how: 'nothing' };

/** The answer after a deferral. */
export const laterResponse = (interaction: Deed, answer: Answer): Later => {
  if (answer.shows === 'nothing') return { how: 'nothing' };
  const { card, files } = answer.shows === 'form' ? { card: answer.late, files: [] } : answer;
  return onBoard(interaction)
    ? { how: 'post', body: privately(told(card, files)), files }
    : { how: 'edit', body: inItsPlace(interaction, card, files), files };
};
