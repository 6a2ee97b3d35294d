/** Keeps how a world begins, and how guilds, bots and people are put into it before anybody calls. */
import { randomBytes } from 'node:crypto';
import { addMember, addRole } from './changes/members.ts';
import type { Clock } from './clock.ts';
import { EVERYONE_DEFAULT } from './permissions.ts';
import { snowflakes } from './snowflake.ts';
import type { Application, Guild, Role, Snowflake, User, World } from './world.ts';

/** A world with nothing in it yet; `emit` is where its events go. */
export const newWorld = (clock: Clock, emit: World['emit']): World => ({
  clock,
  newId: snowflakes(clock),
  origin: '',
  users: new Map(),
  applications: new Map(),
  guilds: new Map(),
  channels: new Map(),
  messages: new Map(),
  files: new Map(),
  commands: new Map(),
  grants: { codes: new Map(), bearers: new Map() },
  sessions: new Map(),
  emit,
});

/** A token of the form that clients expect: the id in base64, and two parts that say nothing. */
const tokenFor = (id: Snowflake): string =>
  [Buffer.from(id).toString('base64url'), 'sandbx', Buffer.from(`token-of-${id}`).toString('base64url')].join(
    '.',
  );

const usernameOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9_.]+/g, '_')
    .replace(/^_+|_+$/g, '') || 'somebody';

/** Adds an account; a test may want it to be a certain one. */
export const newUser = (world: World, name: string, bot = false, id = world.newId()): User => {
  const user: User = {
    id,
    // Bots keep the capitals of their names.
    username: bot ? name : usernameOf(name),
    globalName: bot ? null : name,
    bot,
    token: tokenFor(id),
    dmsClosed: false,
  };
  world.users.set(id, user);
  return user;
};

/** Adds a bot's account with its application, no privileged intent switched on unless said so. */
export const newBot = (
  world: World,
  name: string,
  privileged: Partial<Application['privileged']> = {},
): User => {
  const bot = newUser(world, name, true);
  const none = { members: false, presences: false, messageContent: false };
  world.applications.set(bot.id, {
    id: bot.id,
    name,
    privileged: { ...none, ...privileged },
    secret: randomBytes(24).toString('base64url'),
    redirects: new Set(),
  });
  return bot;
};

/** A role that stands just above the others. */
export const newRole = (world: World, guild: Guild, draft: Pick<Role, 'name'> & Partial<Role>): Role => ({
  id: world.newId(),
  permissions: 0n,
  position: Math.max(0, ...[...guild.roles.values()].map((role) => role.position)) + 1,
  color: 0,
  hoist: false,
  mentionable: false,
  botId: null,
  ...draft,
});

/** Adds a guild with its owner and an @everyone role that may what Discord lets it. */
export const newGuild = (world: World, name: string, owner: User, everyone = EVERYONE_DEFAULT): Guild => {
  const guild: Guild = {
    id: world.newId(),
    name,
    ownerId: owner.id,
    roles: new Map(),
    members: new Map(),
    voiceStates: new Map(),
    bans: new Map(),
    invites: new Map(),
    scheduledEvents: new Map(),
    autoModeration: new Map(),
    auditLog: [],
    webhooks: new Map(),
    mfaLevel: 0,
    features: [],
    widgetEnabled: false,
  };
  world.guilds.set(guild.id, guild);
  const draft = { id: guild.id, name: '@everyone', permissions: everyone, position: 0 };
  guild.roles.set(guild.id, newRole(world, guild, draft));
  addMember(world, guild, owner.id);
  return guild;
};

/** Invites a bot: it becomes a member with a managed role of its own that grants what it was invited with. */
export const inviteBot = (world: World, guild: Guild, bot: User, permissions: bigint): void => {
  const role = newRole(world, guild, { name: bot.username, permissions, botId: bot.id });
  addRole(world, guild, role);
  addMember(world, guild, bot.id, [role.id]);
};
