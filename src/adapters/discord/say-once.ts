/** Something that is said in a room once, however often it is tried. */
import { type APIMessage, Routes } from 'discord.js';
import type { Connected } from './client.ts';
import { insist } from './insist.ts';
import { CONTENT, within } from './limits.ts';
import { findOwn, nonceOf } from './own-messages.ts';

/** `again` after an attempt that may have worked: then it is looked for, from `since` on, before it is said. */
export interface Once {
  readonly id: string;
  readonly since: Date;
  readonly again: boolean;
}

/** Says a text, and answers with the id of the message in which it stands. It calls nobody. */
export const sayOnce = async (
  client: Connected,
  channelId: string,
  text: string,
  { id, since, again }: Once,
): Promise<string> => {
  const content = text.trim();
  within('announcement', content.length, CONTENT);
  const said = again
    ? await findOwn(client, channelId, since, (message) => message.content === content)
    : undefined;
  if (said) return said.id;
  const body = { content, allowed_mentions: { parse: [] }, nonce: nonceOf(id), enforce_nonce: true };
  const route = Routes.channelMessages(channelId);
  // Discord's documented answer of this route; the nonce makes one message of two attempts.
  const message = (await insist(() => client.rest.post(route, { body }))) as APIMessage;
  return message.id;
};
