/** A server as it stands: as the gateway tells it, or, where this process does not see it, as Discord tells when asked. */
import { Client, type Guild, type GuildMember, RESTJSONErrorCodes } from 'discord.js';
import { refusedWith } from './attempt.ts';
import type { Connected } from './client.ts';
import { insist } from './insist.ts';

/** The server with its channels and roles, and the bot's own member. */
export interface ServerNow {
  readonly guild: Guild;
  readonly me: GuildMember;
}

/** A client for one look, and nothing in it that would go on: so what was told before is never taken for what stands now. */
const onlooker = ({ rest }: Connected): Client => {
  const client = new Client({
    intents: [],
    rest: { hashSweepInterval: 0, handlerSweepInterval: 0 },
    sweepers: { threads: { interval: 0, lifetime: 1 } },
  });
  client.rest = rest;
  return client;
};

const ask = async (client: Connected, guildId: string): Promise<ServerNow> => {
  const { guilds } = onlooker(client);
  const guild = await insist(() => guilds.fetch({ guild: guildId, force: true }));
  await insist(() => guild.channels.fetch());
  return { guild, me: await insist(() => guild.members.fetch(client.user.id)) };
};

const NOT_IN_IT = [RESTJSONErrorCodes.UnknownGuild, RESTJSONErrorCodes.MissingAccess];

/** Undefined when the bot is not in the server; throws while the server cannot be reached. */
export const serverNow = async (client: Connected, guildId: string): Promise<ServerNow | undefined> => {
  const guild = client.guilds.cache.get(guildId);
  if (guild) {
    if (!guild.available) throw new Error('the server cannot be reached at the moment');
    return { guild, me: guild.members.me ?? (await guild.members.fetchMe()) };
  }
  try {
    return await ask(client, guildId);
  } catch (cause) {
    if (NOT_IN_IT.some((code) => refusedWith(cause, code))) return undefined;
    throw cause;
  }
};
