/** Looks at the rooms of a cohort as Discord has them: who gets in and why, and what else leads into them. */
import {
  type APIInvite,
  PermissionFlagsBits as Bit,
  ChannelType,
  DiscordAPIError,
  type Guild,
  GuildFeature,
  GuildMFALevel,
  type RESTGetAPIGuildThreadsResult,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import type { AuditedRoom, Risk, RoomAccess, RoomsAudit } from '../../core/room-access.ts';
import type { RoomRef } from '../../ports/store.ts';
import { accessIn, heldIn, type RoleNow, type ServerAccess } from './access-in.ts';
import { refusedWith } from './attempt.ts';
import type { Connected } from './client.ts';
import { insist } from './insist.ts';
import { INVITED, missingFrom, moreThanNeeded } from './permissions.ts';
import type { ActualRoom } from './plan-rooms.ts';
import { type ServerNow, serverNow } from './server-now.ts';
import { standingRooms } from './standing-rooms.ts';

/** What Discord answers, or nothing where it does not let Hearth know. */
const ifAllowed = async <Value>(ask: () => Promise<Value>): Promise<Value | undefined> => {
  try {
    return await insist(ask);
  } catch (cause) {
    if (cause instanceof DiscordAPIError && cause.status < 500) return undefined;
    throw cause;
  }
};

const rolesNow = (guild: Guild): readonly RoleNow[] =>
  guild.roles.cache.map(({ id, name, permissions, tags }) => ({
    id,
    name,
    permissions: permissions.bitfield,
    ...(tags?.botId !== undefined && { bot: tags.botId }),
  }));

/** The roles of those who are named in the rooms; of nobody who has left the server. */
const rolesOfNamed = async (
  guild: Guild,
  rooms: readonly ActualRoom[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const named = new Set(
    rooms.flatMap(({ overwrites }) => overwrites.filter(({ type }) => type === 1)).map(({ id }) => id),
  );
  const roles = new Map<string, readonly string[]>();
  for (const user of named) {
    try {
      const member = await insist(() => guild.members.fetch({ user, force: true }));
      roles.set(user, [...member.roles.cache.keys()]);
    } catch (cause) {
      if (!refusedWith(cause, RESTJSONErrorCodes.UnknownMember)) throw cause;
    }
  }
  return roles;
};

/** Asked for only where a role gets in: how many bear each, by its id. */
const withBearers = async (
  { rest }: Connected,
  guildId: string,
  access: readonly (readonly RoomAccess[])[],
): Promise<readonly (readonly RoomAccess[])[]> => {
  if (!access.flat().some(({ who }) => who.kind === 'role')) return access;
  const route = `${Routes.guildRoles(guildId)}/member-counts` as const;
  // Discord's documented answer of this route.
  const counts = (await ifAllowed(() => rest.get(route))) as Readonly<Record<string, number>> | undefined;
  return access.map((lines) =>
    lines.map((line) => {
      const bearers = line.who.kind === 'role' ? counts?.[line.who.id] : undefined;
      return line.who.kind === 'role' && bearers !== undefined
        ? { ...line, who: { ...line.who, bearers } }
        : line;
    }),
  );
};

/** Those that Hearth made itself lead to an activity in a call, and end by themselves. */
export const strangeInvites = async (
  { rest, user }: Connected,
  channelId: string,
): Promise<readonly string[]> => {
  // Discord's documented answer of this route.
  const invites = (await ifAllowed(() => rest.get(Routes.channelInvites(channelId)))) as
    | readonly APIInvite[]
    | undefined;
  return (invites ?? []).filter(({ inviter }) => inviter?.id !== user.id).map(({ code }) => code);
};

/** Ids of the webhooks of a channel; undefined where Hearth may not see them, which it does not need to. */
export const webhooksOf = async (
  { rest }: Connected,
  channelId: string,
  held: bigint,
): Promise<readonly string[] | undefined> => {
  if ((held & Bit.ManageWebhooks) === 0n) return undefined;
  // Discord's documented answer of this route.
  const webhooks = (await ifAllowed(() => rest.get(Routes.channelWebhooks(channelId)))) as
    | readonly { readonly id: string }[]
    | undefined;
  return webhooks?.map(({ id }) => id);
};

/** Threads that stand open, by the channel in which they do; only those that Hearth may see. */
const threadsIn = async ({ rest }: Connected, guildId: string): Promise<ReadonlyMap<string, number>> => {
  // Discord's documented answer of this route.
  const answer = (await ifAllowed(() => rest.get(Routes.guildActiveThreads(guildId)))) as
    | RESTGetAPIGuildThreadsResult
    | undefined;
  const counts = new Map<string, number>();
  for (const thread of answer?.threads ?? []) {
    const parent = 'parent_id' in thread ? thread.parent_id : undefined;
    if (parent) counts.set(parent, (counts.get(parent) ?? 0) + 1);
  }
  return counts;
};

const risksOf = ({ mfaLevel, features, widgetEnabled, vanityURLCode }: Guild): readonly Risk[] => [
  ...(mfaLevel === GuildMFALevel.None ? (['no-two-factor'] as const) : []),
  ...(features.includes(GuildFeature.Community) ? (['community'] as const) : []),
  ...(features.includes(GuildFeature.Discoverable) ? (['discoverable'] as const) : []),
  ...(widgetEnabled ? (['widget'] as const) : []),
  ...(vanityURLCode === null ? [] : (['vanity-address'] as const)),
];

const hearthIn = ({ me }: ServerNow): RoomsAudit['hearth'] => {
  const { bitfield } = me.permissions;
  // What an administrator lacks is told as if they were none: the right is to be taken from Hearth.
  const own =
    me.roles.cache.reduce((all, { permissions }) => all | permissions.bitfield, 0n) & ~Bit.Administrator;
  return {
    administrator: (bitfield & Bit.Administrator) !== 0n,
    missing: missingFrom(own, INVITED),
    more: moreThanNeeded(own & ~me.guild.roles.everyone.permissions.bitfield),
  };
};

const accessOf = async (
  client: Connected,
  { guild, me }: ServerNow,
  rooms: readonly ActualRoom[],
  closely: boolean,
) => {
  const server: ServerAccess = {
    guildId: guild.id,
    ownerId: guild.ownerId,
    hearth: me.id,
    roles: rolesNow(guild),
    rolesOf: new Map([
      ...(closely ? await rolesOfNamed(guild, rooms) : []),
      [me.id, [...me.roles.cache.keys()]],
    ]),
  };
  const access = rooms.map((room) => accessIn(room, server));
  const own = rooms.map((room) =>
    heldIn(room, server, { account: me.id, roles: [...me.roles.cache.keys()] }),
  );
  return { own, access: await withBearers(client, guild.id, access) };
};

/** `closely` looks at each of those who are named, one call each; undefined for a server that Hearth is not in. */
export const auditRooms = async (
  client: Connected,
  {
    guildId,
    known,
    closely,
  }: { readonly guildId: string; readonly known: readonly RoomRef[]; readonly closely: boolean },
): Promise<RoomsAudit | undefined> => {
  const server = await serverNow(client, guildId);
  if (!server) return undefined;
  const standing = await standingRooms(server.guild, known);
  const pairs = known.flatMap((ref) => {
    const room = standing.find(({ id }) => id === ref.channelId);
    return room ? [{ ref, room }] : [];
  });
  const { own, access } = await accessOf(
    client,
    server,
    pairs.map(({ room }) => room),
    closely,
  );
  const threads: ReadonlyMap<string, number> =
    pairs.length > 0 ? await threadsIn(client, guildId) : new Map();
  const rooms: AuditedRoom[] = [];
  for (const [index, { ref, room }] of pairs.entries()) {
    const open = room.type !== ChannelType.GuildCategory;
    const webhooks = open ? await webhooksOf(client, room.id, own[index] ?? 0n) : [];
    rooms.push({
      ...ref,
      access: access[index] ?? [],
      invitations: open ? (await strangeInvites(client, room.id)).length : 0,
      threads: threads.get(room.id) ?? 0,
      ...(webhooks && { webhooks: webhooks.length }),
    });
  }
  return { rooms, hearth: hearthIn(server), risks: risksOf(server.guild) };
};
