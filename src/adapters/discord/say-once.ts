/** Something that is said in a room once, however often it is tried. */
import type { Connected } from './client.ts';
import { CONTENT, within } from './limits.ts';
import { findOwn, postOwn } from './own-messages.ts';

/**
 * `again` after an attempt that may have worked: then it is looked for, from `since` on, before it is said, and `others`,
 * in which something else was said, are passed over: a phase may be entered twice within seconds, in the same words.
 */
export interface Once {
  readonly id: string;
  readonly since: Date;
  readonly again: boolean;
  readonly others: readonly string[];
}

/** Says a text, and answers with the id of the message in which it stands. It calls nobody. */
export const sayOnce = async (
  client: Connected,
  channelId: string,
  text: string,
  { id, since, again, others }: Once,
): Promise<string> => {
  const content = text.trim();
  within('announcement', content.length, CONTENT);
  const said = again
    ? await findOwn(
        client,
        channelId,
        since,
        (message) => message.content === content && !others.includes(message.id),
      )
    : undefined;
  if (said) return said.id;
  const message = await postOwn(client, channelId, { content, allowed_mentions: { parse: [] } }, [id]);
  return message.id;
};
