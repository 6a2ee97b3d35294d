/** Keeps permission arithmetic as Discord's documentation states it, and nothing of any client library. */
import type { Channel, Guild, Member, Overwrite, Role, Snowflake, World } from './world.ts';

const NAMES = [
  'CREATE_INSTANT_INVITE',
  'KICK_MEMBERS',
  'BAN_MEMBERS',
  'ADMINISTRATOR',
  'MANAGE_CHANNELS',
  'MANAGE_GUILD',
  'ADD_REACTIONS',
  'VIEW_AUDIT_LOG',
  'PRIORITY_SPEAKER',
  'STREAM',
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'SEND_TTS_MESSAGES',
  'MANAGE_MESSAGES',
  'EMBED_LINKS',
  'ATTACH_FILES',
  'READ_MESSAGE_HISTORY',
  'MENTION_EVERYONE',
  'USE_EXTERNAL_EMOJIS',
  'VIEW_GUILD_INSIGHTS',
  'CONNECT',
  'SPEAK',
  'MUTE_MEMBERS',
  'DEAFEN_MEMBERS',
  'MOVE_MEMBERS',
  'USE_VAD',
  'CHANGE_NICKNAME',
  'MANAGE_NICKNAMES',
  'MANAGE_ROLES',
  'MANAGE_WEBHOOKS',
  'MANAGE_GUILD_EXPRESSIONS',
  'USE_APPLICATION_COMMANDS',
  'REQUEST_TO_SPEAK',
  'MANAGE_EVENTS',
  'MANAGE_THREADS',
  'CREATE_PUBLIC_THREADS',
  'CREATE_PRIVATE_THREADS',
  'USE_EXTERNAL_STICKERS',
  'SEND_MESSAGES_IN_THREADS',
  'USE_EMBEDDED_ACTIVITIES',
  'MODERATE_MEMBERS',
  'VIEW_CREATOR_MONETIZATION_ANALYTICS',
  'USE_SOUNDBOARD',
  'CREATE_GUILD_EXPRESSIONS',
  'CREATE_EVENTS',
  'USE_EXTERNAL_SOUNDS',
  'SEND_VOICE_MESSAGES',
  null, // bit 47 has no meaning yet
  'SET_VOICE_CHANNEL_STATUS',
  'SEND_POLLS',
  'USE_EXTERNAL_APPS',
  'PIN_MESSAGES',
  'BYPASS_SLOWMODE',
] as const;

/** The name of a permission as Discord documents it. */
export type Permission = Exclude<(typeof NAMES)[number], null>;

// Every name stands in the list exactly once, so the record has them all.
/** Each permission's bit. */
export const BITS = Object.fromEntries(
  NAMES.flatMap((name, position) => (name === null ? [] : [[name, 1n << BigInt(position)]])),
) as Record<Permission, bigint>;

/** The union of some permissions. */
export const bitsOf = (...names: readonly Permission[]): bigint =>
  names.reduce((sum, name) => sum | BITS[name], 0n);

/** Every permission there is. */
export const ALL = Object.values(BITS).reduce((sum, bit) => sum | bit, 0n);

/** What @everyone may do in a new guild. */
export const EVERYONE_DEFAULT = bitsOf(
  'CREATE_INSTANT_INVITE',
  'ADD_REACTIONS',
  'STREAM',
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'EMBED_LINKS',
  'ATTACH_FILES',
  'READ_MESSAGE_HISTORY',
  'USE_EXTERNAL_EMOJIS',
  'CONNECT',
  'SPEAK',
  'USE_VAD',
  'CHANGE_NICKNAME',
  'USE_APPLICATION_COMMANDS',
  'REQUEST_TO_SPEAK',
  'CREATE_PUBLIC_THREADS',
  'CREATE_PRIVATE_THREADS',
  'SEND_MESSAGES_IN_THREADS',
  'USE_EMBEDDED_ACTIVITIES',
  'USE_SOUNDBOARD',
  'USE_EXTERNAL_STICKERS',
  'USE_EXTERNAL_SOUNDS',
  'SEND_VOICE_MESSAGES',
  'SEND_POLLS',
  'USE_EXTERNAL_APPS',
);

const TIMED_OUT = bitsOf('VIEW_CHANNEL', 'READ_MESSAGE_HISTORY');
const NEEDS_SENDING = bitsOf('MENTION_EVERYONE', 'SEND_TTS_MESSAGES', 'ATTACH_FILES', 'EMBED_LINKS');
const IN_DIRECT_MESSAGES = bitsOf(
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'EMBED_LINKS',
  'ATTACH_FILES',
  'READ_MESSAGE_HISTORY',
  'ADD_REACTIONS',
  'PIN_MESSAGES',
  'USE_APPLICATION_COMMANDS',
  'USE_EXTERNAL_EMOJIS',
);

/** Whether a set holds all of the wanted bits; what implies all must have been spelled out before. */
export const has = (permissions: bigint, wanted: bigint): boolean => (permissions & wanted) === wanted;

/** The roles of a member, @everyone included. */
export const rolesOf = (guild: Guild, member: Member): Role[] =>
  [guild.id, ...member.roles].flatMap((id) => guild.roles.get(id) ?? []);

/** The position of a member's highest role; the owner stands above all. */
export const rankOf = (guild: Guild, userId: Snowflake): number => {
  if (guild.ownerId === userId) return Number.POSITIVE_INFINITY;
  const member = guild.members.get(userId);
  return member ? Math.max(...rolesOf(guild, member).map((role) => role.position)) : -1;
};

const basePermissions = (guild: Guild, member: Member): bigint => {
  if (guild.ownerId === member.userId) return ALL;
  const base = rolesOf(guild, member).reduce((sum, role) => sum | role.permissions, 0n);
  return has(base, BITS.ADMINISTRATOR) ? ALL : base;
};

const timedOut = (world: World, member: Member): boolean =>
  member.timeoutUntil !== null && member.timeoutUntil > world.clock.now();

/** What a user may do in a guild as a whole; nothing for who is no member. */
export const guildPermissions = (world: World, guild: Guild, userId: Snowflake): bigint => {
  const member = guild.members.get(userId);
  if (!member) return 0n;
  const base = basePermissions(guild, member);
  return base !== ALL && timedOut(world, member) ? base & TIMED_OUT : base;
};

const applied = (permissions: bigint, overwrites: readonly Overwrite[]): bigint => {
  const allow = overwrites.reduce((sum, overwrite) => sum | overwrite.allow, 0n);
  const deny = overwrites.reduce((sum, overwrite) => sum | overwrite.deny, 0n);
  return (permissions & ~deny) | allow;
};

const withOverwrites = (base: bigint, channel: Channel, guild: Guild, member: Member): bigint => {
  const of = (id: Snowflake) => channel.overwrites.get(id) ?? [];
  const afterEveryone = applied(base, [of(guild.id)].flat());
  const afterRoles = applied(afterEveryone, [...member.roles].flatMap(of));
  return applied(afterRoles, [of(member.userId)].flat());
};

// What a missing permission takes along, beyond what the overwrites say.
const withoutImplied = (permissions: bigint, channel: Channel): bigint => {
  if (!has(permissions, BITS.VIEW_CHANNEL)) return 0n;
  if (channel.type === 2 && !has(permissions, BITS.CONNECT)) return BITS.VIEW_CHANNEL;
  return has(permissions, BITS.SEND_MESSAGES) ? permissions : permissions & ~NEEDS_SENDING;
};

const inThread = (world: World, thread: Channel, guild: Guild, member: Member, parent: bigint): bigint => {
  const invited = thread.thread?.members.has(member.userId) || has(parent, BITS.MANAGE_THREADS);
  if (!invited || !world.channels.has(thread.parentId ?? '')) return 0n;
  const rest = parent & ~BITS.SEND_MESSAGES;
  const sending = has(rest, BITS.SEND_MESSAGES_IN_THREADS)
    ? rest | BITS.SEND_MESSAGES
    : rest & ~NEEDS_SENDING;
  return guild.ownerId === member.userId ? ALL : sending;
};

const inGuildChannel = (world: World, channel: Channel, guild: Guild, member: Member): bigint => {
  const base = basePermissions(guild, member);
  if (base === ALL) return ALL;
  const all = withOverwrites(base, channel, guild, member);
  return withoutImplied(timedOut(world, member) ? all & TIMED_OUT : all, channel);
};

/** What a user may do in a channel, with overwrites, implications, timeouts and threads counted. */
export const channelPermissions = (world: World, channel: Channel, userId: Snowflake): bigint => {
  if (channel.guildId === null) return channel.recipients.includes(userId) ? IN_DIRECT_MESSAGES : 0n;
  const guild = world.guilds.get(channel.guildId);
  const member = guild?.members.get(userId);
  if (!guild || !member) return 0n;
  if (!channel.thread) return inGuildChannel(world, channel, guild, member);
  const parent = world.channels.get(channel.parentId ?? '');
  return parent ? inThread(world, channel, guild, member, inGuildChannel(world, parent, guild, member)) : 0n;
};

/** Whether a user may view a channel. */
export const canView = (world: World, channel: Channel, userId: Snowflake): boolean =>
  has(channelPermissions(world, channel, userId), BITS.VIEW_CHANNEL);

/** The ids of all users that may view a channel. */
export const viewersOf = (world: World, channel: Channel): Snowflake[] => {
  const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId);
  const candidates = guild ? [...guild.members.keys()] : channel.recipients;
  return candidates.filter((userId) => canView(world, channel, userId));
};
