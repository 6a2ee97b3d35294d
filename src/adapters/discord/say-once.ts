/** Something that is said once, however often it is tried. */
import type { APIMessage } from 'discord.js';
import type { Once } from '../../ports/rooms.ts';
import type { Spoken } from '../../words/card.ts';
import { rowsOf } from './card-payload.ts';
import type { Connected } from './client.ts';
import { CALLS, CONTENT, within } from './limits.ts';
import { findOwn, postOwn } from './own-messages.ts';

/** A message to be posted once, and by what it is known again: others may say the same in the same words. */
export interface Posting {
  readonly payload: object;
  isLike(message: APIMessage): boolean;
}

/** Posts a message, or finds the one that an earlier attempt posted; answers with its id. */
export const sendOnce = async (
  client: Connected,
  channelId: string,
  { payload, isLike }: Posting,
  { id, since, again, others }: Once,
): Promise<string> => {
  const sent = again
    ? await findOwn(client, channelId, since, (message) => isLike(message) && !others.includes(message.id))
    : undefined;
  return (sent ?? (await postOwn(client, channelId, payload, [id]))).id;
};

/** Says something in a room, and answers with the id of the message in which it stands. It rings for whom it calls. */
export const sayOnce = (
  client: Connected,
  channelId: string,
  { text, calls = [], actions = [] }: Spoken,
  once: Once,
): Promise<string> => {
  const content = text.trim();
  within('announcement', content.length, CONTENT);
  within('people called', calls.length, CALLS);
  const components = rowsOf(actions);
  const payload = {
    content,
    ...(components.length > 0 ? { components } : {}),
    allowed_mentions: { parse: [], ...(calls.length > 0 ? { users: [...new Set(calls)] } : {}) },
  };
  return sendOnce(client, channelId, { payload, isLike: (message) => message.content === content }, once);
};
