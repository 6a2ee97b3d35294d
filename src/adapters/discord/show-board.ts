/** A board as one message that is edited and never repeated. */
import { type APIMessage, RESTJSONErrorCodes, Routes } from 'discord.js';
import { MINUTE } from '../../core/time.ts';
import type { StandingMessage } from '../../ports/store.ts';
import { refusedWith } from './attempt.ts';
import type { CardPayload } from './card-payload.ts';
import type { Connected } from './client.ts';
import { insist } from './insist.ts';
import { findOwn, postOwn } from './own-messages.ts';

/** How long Discord is trusted to know a nonce again. */
const NONCE_HOLDS = 2 * MINUTE;

/** When a UUID of version 7 was made; undefined for others. */
const madeAt = (id: string): Date | undefined =>
  /^[\da-f]{8}-[\da-f]{4}-7/i.test(id)
    ? new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16))
    : undefined;

const edit = async (
  client: Connected,
  channelId: string,
  messageId: string,
  payload: CardPayload,
): Promise<string> => {
  await insist(() => client.rest.patch(Routes.channelMessage(channelId, messageId), { body: payload }));
  return messageId;
};

/** Everything that can be seen of a card, as one text. */
export const faceOf = ({
  embeds,
  components,
}: Pick<CardPayload, 'embeds'> & { readonly components?: unknown }): string => {
  const [embed] = embeds;
  const fields = (embed?.fields ?? []).flatMap(({ name, value }) => [name.trim(), value.trim()]);
  const ids = JSON.stringify(components ?? []).match(/"custom_id":"[^"]*"/g) ?? [];
  return [embed?.title?.trim(), embed?.description?.trim(), ...fields, ...ids].join('\n');
};

const sameBoard =
  (payload: CardPayload) =>
  ({ embeds }: APIMessage): boolean =>
    embeds.length > 0 && embeds[0]?.title === payload.embeds[0]?.title;

/** The message that an earlier attempt may have posted, when it is too long ago for a nonce to find it. */
const earlier = async (
  client: Connected,
  standing: StandingMessage,
  payload: CardPayload,
  now: Date,
): Promise<APIMessage | undefined> => {
  const made = madeAt(standing.id);
  if (made && now.getTime() - made.getTime() < NONCE_HOLDS) return undefined;
  return findOwn(client, standing.channelId, made ?? new Date(0), sameBoard(payload));
};

const postOnce = async (
  client: Connected,
  standing: StandingMessage,
  payload: CardPayload,
  now: Date,
): Promise<string> => {
  const { channelId, messageId = 'first' } = standing;
  const before = messageId === 'first' ? await earlier(client, standing, payload, now) : undefined;
  if (before) return edit(client, channelId, before.id, payload);
  const posted = await postOwn(client, channelId, payload, [standing.id, channelId, messageId]);
  // An earlier attempt with the same nonce shows what was true then.
  return faceOf(posted) === faceOf(payload) ? posted.id : edit(client, channelId, posted.id, payload);
};

/** Shows a payload where the board stands, or posts it when it does not stand any more; answers with its id. */
export const showBoard = async (
  client: Connected,
  standing: StandingMessage,
  payload: CardPayload,
  now: Date,
): Promise<string> => {
  const { channelId, messageId } = standing;
  if (messageId === undefined) return postOnce(client, standing, payload, now);
  try {
    return await edit(client, channelId, messageId, payload);
  } catch (cause) {
    if (!refusedWith(cause, RESTJSONErrorCodes.UnknownMessage)) throw cause;
    return postOnce(client, standing, payload, now);
  }
};
