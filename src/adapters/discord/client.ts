/** The connection to Discord, and what is wrong with it in one plain sentence when it cannot be made. */
import { once } from 'node:events';
import {
  Client,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  Options,
  type RESTGetAPIUserResult,
  type RESTGetCurrentApplicationResult,
  Routes,
} from 'discord.js';
import { insist } from './insist.ts';

/** What calls Discord and as whom: a client that has seen its servers, or one with a token alone, which sees none. */
export interface Connected extends Pick<Client, 'rest' | 'guilds' | 'channels'> {
  readonly user: { readonly id: string };
  readonly application: { readonly id: string };
}

/** The shards of a process, of how many there are. */
export interface Shards {
  readonly ids: readonly number[];
  readonly count: number;
}

/**
 * A client that does not connect yet; `apiUrl` without the version. It keeps no messages in memory. A call that failed
 * is not repeated here: whoever made it knows whether it may have worked, and looks before trying again.
 */
export const makeClient = (apiUrl: string, shards?: Shards): Client =>
  new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildVoiceStates,
      // Brings what stands in the audit log, to those alone who may view it.
      GatewayIntentBits.GuildModeration,
      GatewayIntentBits.GuildScheduledEvents,
      GatewayIntentBits.GuildInvites,
      GatewayIntentBits.GuildWebhooks,
      GatewayIntentBits.AutoModerationConfiguration,
    ],
    rest: { api: apiUrl, retries: 0 },
    ...(shards ? { shards: [...shards.ids], shardCount: shards.count } : { shards: 'auto' as const }),
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0 }),
  });

const WRONG_TOKEN =
  'Discord does not accept DISCORD_TOKEN: copy the bot token of your application from the developer portal into .env.';
const DISALLOWED_INTENTS =
  'Discord does not allow this application an intent that Hearth asks for: reset the bot’s intents in the developer portal and start again.';

/** What the gateway says as it closes for good, by the words of the library and by Discord's codes. */
const CLOSED: Readonly<Record<string, string>> = {
  'Authentication failed': WRONG_TOKEN,
  'Used disallowed intents': DISALLOWED_INTENTS,
  'Used invalid intents': DISALLOWED_INTENTS,
  '4004': WRONG_TOKEN,
  '4013': DISALLOWED_INTENTS,
  '4014': DISALLOWED_INTENTS,
};

/** The status of HTTP by which Discord refuses a token. */
const UNAUTHORIZED = 401;

const codeOf = (cause: unknown): string => {
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  const status: unknown = cause instanceof Error ? Reflect.get(cause, 'status') : undefined;
  return String(code ?? status ?? 'no answer');
};

/** One sentence for whoever runs Hearth: what is wrong, and what to do. */
export const loginSentence = (cause: unknown, apiUrl: string): string => {
  if (cause instanceof DiscordjsError && cause.code === DiscordjsErrorCodes.TokenInvalid) return WRONG_TOKEN;
  if (cause instanceof DiscordAPIError && cause.status === UNAUTHORIZED) return WRONG_TOKEN;
  const closed = cause instanceof Error ? CLOSED[cause.message] : undefined;
  return (
    closed ??
    `Discord could not be reached at ${apiUrl} (${codeOf(cause)}): check the network and DISCORD_API_URL, then start again.`
  );
};

/** The sentence for a connection that Discord has closed for good. */
export const closedSentence = (code: number): string =>
  CLOSED[String(code)] ?? `Discord closed the connection for good (${code}): start Hearth again.`;

export type Login =
  | { readonly ok: true; readonly client: Connected }
  | { readonly ok: false; readonly sentence: string };

/** Connects, and waits until the servers are seen. */
export const logIn = async (client: Client, token: string, apiUrl: string): Promise<Login> => {
  try {
    await client.login(token);
  } catch (cause) {
    return { ok: false, sentence: loginSentence(cause, apiUrl) };
  }
  if (!client.isReady()) await once(client, Events.ClientReady);
  // Ready was just awaited, and the type of a client cannot change by waiting.
  return { ok: true, client: client as Client<true> };
};

/** Never connects, so that no interaction comes to a process that does not answer it: calls alone, as the bot itself. */
export const callOnly = async (client: Client, token: string, apiUrl: string): Promise<Login> => {
  const { rest, guilds, channels } = client;
  try {
    rest.setToken(token);
    // Discord's documented answers of these routes.
    const user = (await insist(() => rest.get(Routes.user()))) as RESTGetAPIUserResult;
    const application = (await insist(() =>
      rest.get(Routes.currentApplication()),
    )) as RESTGetCurrentApplicationResult;
    return { ok: true, client: { rest, guilds, channels, user, application } };
  } catch (cause) {
    return { ok: false, sentence: loginSentence(cause, apiUrl) };
  }
};
