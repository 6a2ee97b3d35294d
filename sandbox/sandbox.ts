/** Keeps the whole sandbox together: a world, its REST side and its gateway on one loopback port, and the hands on it. */
import type { Server } from 'node:http';
import { addChannel } from './changes/channels.ts';
import { addMember, addRole } from './changes/members.ts';
import { type Clock, startClock } from './clock.ts';
import { type Faults, startFaults } from './faults.ts';
import { startGateway } from './gateway/gateway.ts';
import { inviteBot, newBot, newGuild, newRole, newUser, newWorld } from './new-world.ts';
import { type Page, type PageOptions, startPage } from './page/page.ts';
import { type PageSound, startPageSound } from './page/sound.ts';
import { BITS, bitsOf } from './permissions.ts';
import { startRest } from './rest/http-server.ts';
import { startRateLimits } from './rest/rate-limits.ts';
import { routes } from './routes/index.ts';
import type { TimeSource } from './time-source.ts';
import { startTranscript, type Transcript } from './transcript.ts';
import { startVoice, type Voice, type VoiceOptions } from './voice/voice.ts';
import type { Application, Guild, Role, Snowflake, User, World } from './world.ts';

/** How a sandbox is to start. */
export type SandboxOptions = {
  /** The port; a free one by default. */
  readonly port?: number;
  /** Where time comes from; the system's clock by default. */
  readonly time?: TimeSource;
  /** What the bot's managed role grants in every guild; see BOT_PERMISSIONS. */
  readonly botPermissions?: bigint;
  /** The privileged intents that are switched on for the bot; none by default. */
  readonly privileged?: Partial<Application['privileged']>;
  /** What @everyone may do in every guild; Discord's default for a new one. */
  readonly everyonePermissions?: bigint;
  /** Stretches every window of the rate limits; less than 1 for what is not about limits and should be quick. */
  readonly windowFactor?: number;
  /** How often (ms) clients must send a heartbeat; 41,250 by default, as Discord asks. */
  readonly heartbeatMs?: number;
  readonly voice?: VoiceOptions;
  /** Serves a page on which anyone can be anyone; none by default. */
  readonly page?: PageOptions;
  /** The name of the bot. */
  readonly botName?: string;
};

/** A person as the sandbox gives it: who it is, and the token it logs in with. */
export type PersonInfo = { readonly id: Snowflake; readonly name: string; readonly token: string };

/** Where and as what a person begins: in these guilds (the first by default), with these roles, or as an admin. */
export type PersonOptions = {
  readonly guilds?: readonly Snowflake[];
  /** Of the account; a new one by default. */
  readonly id?: Snowflake;
  readonly roles?: readonly Snowflake[];
  readonly admin?: boolean;
};

/** A running sandbox. */
export type Sandbox = {
  /** Where the page is; undefined without one. */
  readonly pageUrl: string | undefined;
  /** The base URL for clients' REST option, without the version: http://127.0.0.1:PORT/api. */
  readonly restUrl: string;
  readonly gatewayUrl: string;
  readonly bot: {
    readonly id: Snowflake;
    readonly token: string;
    readonly applicationId: Snowflake;
    /** The client secret of its application. */
    readonly secret: string;
  };
  /** The first guild; its owner is a person of its own. */
  readonly guild: { readonly id: Snowflake; readonly ownerId: Snowflake };
  /** Everybody that was added, by name. */
  readonly people: ReadonlyMap<string, PersonInfo>;
  /** Registers an address to which people may be sent back when they have signed in. */
  addRedirect(address: string): void;
  /** Adds a guild with an owner of its own, with the bot in it unless told otherwise. */
  addGuild(name: string, options?: { readonly withBot?: boolean }): { id: Snowflake; ownerId: Snowflake };
  addPerson(name: string, options?: PersonOptions): PersonInfo;
  /** Invites another bot, with a role of its own that grants these permissions. */
  addBot(name: string, options?: { readonly guild?: Snowflake; readonly permissions?: bigint }): PersonInfo;
  addRole(name: string, options?: { readonly guild?: Snowflake; readonly permissions?: bigint }): Snowflake;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly voice: Voice;
  readonly transcript: Transcript;
  readonly world: World;
  /** How many 401, 403 and 429 an account has earned in the present ten minutes. */
  invalidRequests(userId: Snowflake): number;
  /** Stretches every window of the rate limits that begins from now on, as `windowFactor` does at the start. */
  stretchWindows(factor: number): void;
  stop(): Promise<void>;
};

const HEARTBEAT_MS = 41_250;

/** What an invitation grants to a bot that keeps private rooms; never ADMINISTRATOR. */
export const BOT_PERMISSIONS = bitsOf(
  'MANAGE_CHANNELS',
  'MANAGE_ROLES',
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'SEND_MESSAGES_IN_THREADS',
  'CREATE_PRIVATE_THREADS',
  'EMBED_LINKS',
  'ATTACH_FILES',
  'READ_MESSAGE_HISTORY',
  'MANAGE_MESSAGES',
  'PIN_MESSAGES',
  'CONNECT',
  'SPEAK',
  'STREAM',
  'USE_VAD',
  'MOVE_MEMBERS',
  'MUTE_MEMBERS',
  'CREATE_EVENTS',
  'CREATE_INSTANT_INVITE',
  'SET_VOICE_CHANNEL_STATUS',
  'USE_EMBEDDED_ACTIVITIES',
  'USE_APPLICATION_COMMANDS',
  'MODERATE_MEMBERS',
);

const infoOf = (user: User): PersonInfo => ({
  id: user.id,
  name: user.globalName ?? user.username,
  token: user.token,
});

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('the server has no port'));
      else resolve(address.port);
    });
  });

const guildIn = (world: World, id: Snowflake): Guild => {
  const guild = world.guilds.get(id);
  if (!guild) throw new Error(`no guild ${id} in the sandbox`);
  return guild;
};

/** Hands that put people, roles and guilds into a world. */
const handsOn = (world: World, bot: User, options: SandboxOptions) => {
  const people = new Map<string, PersonInfo>();
  const welcome = (name: string, id?: Snowflake): User => {
    const user = newUser(world, name, false, id);
    people.set(name, infoOf(user));
    return user;
  };
  const addGuild = (name: string, { withBot = true } = {}): Guild => {
    const guild = newGuild(world, name, welcome(`Owner of ${name}`), options.everyonePermissions);
    if (withBot) inviteBot(world, guild, bot, options.botPermissions ?? BOT_PERMISSIONS);
    addChannel(world, { guildId: guild.id, type: 0, name: 'general' });
    return guild;
  };
  const addRoleTo = (guild: Guild, name: string, permissions: bigint): Role => {
    const role = newRole(world, guild, { name, permissions });
    addRole(world, guild, role);
    return role;
  };
  const adminRole = (guild: Guild): Role =>
    [...guild.roles.values()].find((role) => role.name === 'Admin') ??
    addRoleTo(guild, 'Admin', BITS.ADMINISTRATOR);
  const addPerson = (
    guilds: readonly Guild[],
    name: string,
    { roles = [], admin, id }: PersonOptions,
  ): PersonInfo => {
    const user = welcome(name, id);
    for (const guild of guilds) {
      const own = roles.filter((id) => guild.roles.has(id));
      addMember(world, guild, user.id, admin ? [...own, adminRole(guild).id] : own);
    }
    return infoOf(user);
  };
  return { people, addGuild, addRoleTo, addPerson };
};

/** Starts a sandbox with one guild, its owner, and a bot in it; it runs until it is stopped. */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const clock = startClock(options.time);
  const world = newWorld(clock, (dispatch) => {
    gateway.deliver(dispatch);
    // When whatever brought it about is done.
    if (dispatch.type === 'VOICE_STATE_UPDATE') queueMicrotask(voice.follow);
  });
  const voice = startVoice(world, options.voice);
  const transcript = startTranscript();
  const limits = startRateLimits(clock, options.windowFactor);
  const gatewayUrl = () => `${world.origin.replace('http', 'ws')}/gateway`;
  const { heartbeatMs = HEARTBEAT_MS } = options;
  const gateway = startGateway({ world, limits, transcript, heartbeatMs, url: gatewayUrl });
  const faults = startFaults(world, gateway, transcript);
  // It is served by what is made before the people who are shown on it.
  let page: Page | undefined;
  const sound: PageSound | undefined = options.page && startPageSound({ world, voice });
  const server = startRest({
    ...{ world, routes, limits, transcript, faults },
    page: (incoming, response) => page?.(incoming, response) ?? false,
  });
  gateway.attach(server, (...upgrade) => sound?.upgrade(...upgrade) ?? false);
  world.origin = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;

  const bot = newBot(world, options.botName ?? 'Bot', options.privileged);
  const application = world.applications.get(bot.id);
  if (!application) throw new Error('the bot has no application');
  const { people, addGuild, addRoleTo, addPerson } = handsOn(world, bot, options);
  const first = addGuild('Guild');
  if (options.page) {
    const parts = { world, clock, faults, voice, bot: bot.id };
    page = startPage({ ...parts, people: () => people.values(), options: options.page });
  }
  return {
    pageUrl: options.page && `${world.origin}/`,
    restUrl: `${world.origin}/api`,
    gatewayUrl: gatewayUrl(),
    bot: { id: bot.id, token: bot.token, applicationId: application.id, secret: application.secret },
    guild: first,
    people,
    addRedirect: (address) => void application.redirects.add(address),
    addGuild,
    addPerson: (name, person = {}) =>
      addPerson(
        (person.guilds ?? [first.id]).map((id) => guildIn(world, id)),
        name,
        person,
      ),
    addBot: (name, { guild = first.id, permissions = 0n } = {}) => {
      const other = newBot(world, name);
      inviteBot(world, guildIn(world, guild), other, permissions);
      return { ...infoOf(other), name };
    },
    addRole: (name, { guild = first.id, permissions = 0n } = {}) =>
      addRoleTo(guildIn(world, guild), name, permissions).id,
    clock,
    faults,
    voice,
    transcript,
    world,
    invalidRequests: limits.invalidCount,
    stretchWindows: limits.stretch,
    async stop() {
      await voice.stop();
      gateway.stop();
      sound?.stop();
      clock.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
