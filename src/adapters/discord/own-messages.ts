/** What Hearth itself has posted in a room: so that nothing is posted twice, even when an answer was lost. */
import { createHash } from 'node:crypto';
import { type APIMessage, Routes } from 'discord.js';
import type { Connected } from './client.ts';
import { insist } from './insist.ts';

/** Discord's ids begin with the milliseconds since this moment. */
const DISCORD_EPOCH = 1_420_070_400_000n;
/** Clocks differ a little. */
const CLOCKS_DIFFER_BY = 10_000;
const NONCE_LENGTH = 25;
/** As many as one call brings. */
const PAGE = 100;

const idAt = (moment: Date): string => {
  const since = BigInt(moment.getTime() - CLOCKS_DIFFER_BY) - DISCORD_EPOCH;
  return String(since > 0n ? since << 22n : 0n);
};

/** The same parts, the same nonce: within some minutes Discord makes one message of all that bear it. */
const nonceOf = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, NONCE_LENGTH);

/** What is being posted, and what was within moments, by its room and nonce. */
type Posts = Map<string, Promise<APIMessage>>;

const posts = new WeakMap<Connected, Posts>();

const postsOf = (client: Connected): Posts => {
  const known: Posts = posts.get(client) ?? new Map();
  posts.set(client, known);
  return known;
};

/** The same that is asked for twice in these milliseconds costs one call, of the few that Discord grants a room. */
const ONE_CALL_WITHIN = 60_000;

/** Posts what is known by these parts; within some minutes it stays one message however often it is posted. */
export const postOwn = (
  client: Connected,
  channelId: string,
  payload: object,
  parts: readonly string[],
): Promise<APIMessage> => {
  const body = { ...payload, nonce: nonceOf(parts), enforce_nonce: true };
  const route = Routes.channelMessages(channelId);
  const known = postsOf(client);
  const name = `${channelId}:${body.nonce}`;
  const before = known.get(name);
  if (before) return before;
  // Discord's documented answer of this route; the nonce makes one message of two attempts.
  const posted = insist(() => client.rest.post(route, { body })) as Promise<APIMessage>;
  known.set(name, posted);
  const forget = (): void => void known.delete(name);
  posted.then(() => setTimeout(forget, ONE_CALL_WITHIN).unref(), forget);
  return posted;
};

/** The first message of our own since a moment that is like the one looked for. */
export const findOwn = async (
  client: Connected,
  channelId: string,
  since: Date,
  isLike: (message: APIMessage) => boolean,
): Promise<APIMessage | undefined> => {
  const query = new URLSearchParams({ after: idAt(since), limit: String(PAGE) });
  // Discord's documented answer of this route.
  const messages = (await client.rest.get(Routes.channelMessages(channelId), { query })) as APIMessage[];
  return messages.find((message) => message.author.id === client.user.id && isLike(message));
};
