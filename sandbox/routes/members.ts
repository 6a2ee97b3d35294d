/** Keeps the routes of members: who they are, their roles, and how they come to leave. */
import { memberOf, requireAbove, theGuild, theGuildWith, theRole } from '../access.ts';
import { ACTION, record } from '../changes/audit-log.ts';
import { changeMember, removeMember } from '../changes/members.ts';
import { integer, maybe, object, parse, text } from '../check/schema.ts';
import { invalid, refuse } from '../errors.ts';
import { BITS, rankOf } from '../permissions.ts';
import { idOf, limitOf } from '../rest/query.ts';
import { type Call, noContent, ok, type Route } from '../rest/route.ts';
import { shapeMember } from '../shape/member.ts';
import { shapeUser } from '../shape/user.ts';
import { byAge } from '../snowflake.ts';
import type { Guild, Role } from '../world.ts';
import { patchMember } from './member-changes.ts';

const getMember = (call: Call) => {
  const guild = theGuild(call);
  return ok(shapeMember(call.world, memberOf(call, guild, call.param('user'))));
};

const listMembers = (call: Call) => {
  const guild = theGuild(call);
  const application = call.world.applications.get(call.actor.id);
  // The list of all members is privileged; people's clients have no such route.
  if (!application?.privileged.members) throw refuse('missingAccess');
  const after = idOf(call.query, 'after') ?? 0n;
  const limit = limitOf(call.query, { usual: 1, most: 1000 });
  const sorted = [...guild.members.values()].map((member) => ({ id: member.userId, member })).sort(byAge);
  const page = sorted.filter(({ id }) => BigInt(id) > after).slice(0, limit);
  return ok(page.map(({ member }) => shapeMember(call.world, member)));
};

const searchMembers = (call: Call) => {
  const guild = theGuild(call);
  const query = call.query.get('query')?.toLowerCase();
  if (!query) throw invalid(['query'], 'BASE_TYPE_REQUIRED', 'This field is required');
  const limit = limitOf(call.query, { usual: 1, most: 1000 });
  const found = [...guild.members.values()].filter((member) =>
    [
      member.nick,
      call.world.users.get(member.userId)?.username,
      call.world.users.get(member.userId)?.globalName,
    ].some((name) => name?.toLowerCase().startsWith(query)),
  );
  return ok(found.slice(0, limit).map((member) => shapeMember(call.world, member)));
};

const patchSelf = (call: Call) => {
  const guild = theGuildWith(call, BITS.CHANGE_NICKNAME);
  const { nick } = parse(object({ nick: maybe(text({ max: 32 })) }), call.body ?? {});
  const member = memberOf(call, guild, call.actor.id);
  changeMember(call.world, guild, member, { nick: nick || null });
  return ok(shapeMember(call.world, member));
};

const grantable = (call: Call, guild: Guild): Role => {
  const role = theRole(call, guild);
  if (role.position >= rankOf(guild, call.actor.id)) throw refuse('missingPermissions');
  if (role.id === guild.id || role.botId !== null) throw refuse('invalidRole');
  return role;
};

const setRole = (call: Call, holds: boolean) => {
  const guild = theGuildWith(call, BITS.MANAGE_ROLES);
  const member = memberOf(call, guild, call.param('user'));
  const role = grantable(call, guild);
  if (member.roles.has(role.id) === holds) return noContent();
  const roles = new Set([...member.roles].filter((id) => id !== role.id));
  changeMember(call.world, guild, member, { roles: holds ? roles.add(role.id) : roles });
  const change = { key: holds ? '$add' : '$remove', new_value: [{ id: role.id, name: role.name }] };
  record(call, guild, { action: ACTION.memberRoles, targetId: member.userId, changes: [change] });
  return noContent();
};

const kick = (call: Call) => {
  const guild = theGuildWith(call, BITS.KICK_MEMBERS);
  const member = memberOf(call, guild, call.param('user'));
  requireAbove(call, guild, member.userId);
  removeMember(call.world, guild, member.userId);
  record(call, guild, { action: ACTION.memberKick, targetId: member.userId });
  return noContent();
};

const shapeBan = (call: Call, guild: Guild, userId: string) => {
  const user = call.world.users.get(userId);
  const ban = guild.bans.get(userId);
  if (!user || !ban) throw refuse('unknownBan');
  return { user: shapeUser(user), reason: ban.reason };
};

const listBans = (call: Call) => {
  const guild = theGuildWith(call, BITS.BAN_MEMBERS);
  return ok([...guild.bans.keys()].map((id) => shapeBan(call, guild, id)));
};

const getBan = (call: Call) => {
  const guild = theGuildWith(call, BITS.BAN_MEMBERS);
  return ok(shapeBan(call, guild, call.param('user')));
};

const banForm = object({
  delete_message_seconds: maybe(integer(0, 604_800)),
  delete_message_days: maybe(integer(0, 7)),
});

const ban = (call: Call) => {
  const guild = theGuildWith(call, BITS.BAN_MEMBERS);
  const user = call.world.users.get(call.param('user'));
  if (!user) throw refuse('unknownUser');
  parse(banForm, call.body ?? {});
  requireAbove(call, guild, user.id);
  removeMember(call.world, guild, user.id);
  guild.bans.set(user.id, { reason: call.reason });
  const data = { guild_id: guild.id, user: shapeUser(user) };
  call.world.emit({ type: 'GUILD_BAN_ADD', to: { guild: guild.id, needs: BITS.BAN_MEMBERS }, data });
  record(call, guild, { action: ACTION.memberBan, targetId: user.id });
  return noContent();
};

const unban = (call: Call) => {
  const guild = theGuildWith(call, BITS.BAN_MEMBERS);
  const { user } = shapeBan(call, guild, call.param('user'));
  guild.bans.delete(user.id);
  const data = { guild_id: guild.id, user };
  call.world.emit({ type: 'GUILD_BAN_REMOVE', to: { guild: guild.id, needs: BITS.BAN_MEMBERS }, data });
  record(call, guild, { action: ACTION.memberUnban, targetId: user.id });
  return noContent();
};

const one = '/guilds/:guild/members/:user';

// As is seen of Discord for changes to members.
const limit = { requests: 10, windowMs: 10_000 };

/** Routes of members and bans. */
export const memberRoutes: Route[] = [
  {
    method: 'GET',
    path: '/guilds/:guild/members',
    only: 'bots',
    query: ['limit', 'after'],
    handle: listMembers,
  },
  { method: 'GET', path: '/guilds/:guild/members/search', query: ['query', 'limit'], handle: searchMembers },
  { method: 'PATCH', path: '/guilds/:guild/members/@me', handle: patchSelf },
  { method: 'GET', path: one, handle: getMember },
  { method: 'PATCH', path: one, limit, handle: patchMember },
  { method: 'DELETE', path: one, handle: kick },
  { method: 'PUT', path: `${one}/roles/:role`, limit, handle: (call) => setRole(call, true) },
  { method: 'DELETE', path: `${one}/roles/:role`, limit, handle: (call) => setRole(call, false) },
  { method: 'GET', path: '/guilds/:guild/bans', query: ['limit', 'before', 'after'], handle: listBans },
  { method: 'GET', path: '/guilds/:guild/bans/:user', handle: getBan },
  { method: 'PUT', path: '/guilds/:guild/bans/:user', handle: ban },
  { method: 'DELETE', path: '/guilds/:guild/bans/:user', handle: unban },
];
