/** Keeps the routes of roles: one may only touch roles below one's own, and grant what one has. */
import { theGuild, theGuildWith, theRole } from '../access.ts';
import { ACTION, differences, record } from '../changes/audit-log.ts';
import { addRole, changeRole, removeRole } from '../changes/members.ts';
import { type Checked, flag, integer, list, maybe, object, parse, snowflake, text } from '../check/schema.ts';
import { invalid, refuse } from '../errors.ts';
import { newRole } from '../new-world.ts';
import { permissionBits } from '../overwrites.ts';
import { ALL, BITS, guildPermissions, has, rankOf } from '../permissions.ts';
import { type Call, noContent, ok, type Route } from '../rest/route.ts';
import { shapeRole } from '../shape/role.ts';
import type { Guild, Role } from '../world.ts';

const MOST_ROLES = 250;

const form = object({
  name: maybe(text({ max: 100 })),
  permissions: maybe(permissionBits),
  color: maybe(integer(0, 0xffffff)),
  colors: maybe(
    object({
      primary_color: integer(0, 0xffffff),
      secondary_color: maybe(integer(0, 0xffffff)),
      tertiary_color: maybe(integer(0, 0xffffff)),
    }),
  ),
  hoist: maybe(flag),
  mentionable: maybe(flag),
  icon: maybe(text()),
  unicode_emoji: maybe(text({ max: 100 })),
});
type Form = Checked<typeof form>;

const requireOwn = (call: Call, guild: Guild, permissions: bigint): void => {
  if (!has(guildPermissions(call.world, guild, call.actor.id), permissions))
    throw refuse('missingPermissions');
};

const requireBelow = (call: Call, guild: Guild, role: Role): void => {
  if (role.position >= rankOf(guild, call.actor.id)) throw refuse('missingPermissions');
};

const wished = (call: Call, guild: Guild, wish: Form, before: bigint): Partial<Role> => {
  if (wish.icon || wish.unicode_emoji)
    throw invalid(['icon'], 'FEATURE_REQUIRED', 'This guild has no role icons.');
  const permissions = wish.permissions == null ? before : BigInt(wish.permissions) & ALL;
  requireOwn(call, guild, permissions ^ before);
  const color = wish.colors?.primary_color ?? wish.color;
  return {
    permissions,
    ...(wish.name ? { name: wish.name } : {}),
    ...(color == null ? {} : { color }),
    ...(wish.hoist == null ? {} : { hoist: wish.hoist }),
    ...(wish.mentionable == null ? {} : { mentionable: wish.mentionable }),
  };
};

const createRole = (call: Call) => {
  const guild = theGuildWith(call, BITS.MANAGE_ROLES);
  const wish = parse(form, call.body ?? {});
  if (guild.roles.size >= MOST_ROLES) throw refuse('tooManyRoles');
  // What is not said is as @everyone has it, and needs to be one's own only when said.
  const usual = guild.roles.get(guild.id)?.permissions ?? 0n;
  const draft = wished(call, guild, wish, usual);
  // A new role stands lowest; the others make room.
  for (const role of guild.roles.values())
    if (role.id !== guild.id) changeRole(call.world, guild, role, { position: role.position + 1 });
  const role = newRole(call.world, guild, { name: 'new role', ...draft, position: 1 });
  addRole(call.world, guild, role);
  record(call, guild, {
    action: ACTION.roleCreate,
    targetId: role.id,
    changes: differences({}, shapeRole(role)),
  });
  return ok(shapeRole(role));
};

const patchRole = (call: Call) => {
  const guild = theGuildWith(call, BITS.MANAGE_ROLES);
  const role = theRole(call, guild);
  const wish = parse(form, call.body ?? {});
  requireBelow(call, guild, role);
  const before = shapeRole(role);
  changeRole(call.world, guild, role, wished(call, guild, wish, role.permissions));
  const after = shapeRole(role);
  record(call, guild, { action: ACTION.roleUpdate, targetId: role.id, changes: differences(before, after) });
  return ok(after);
};

const deleteRole = (call: Call) => {
  const guild = theGuildWith(call, BITS.MANAGE_ROLES);
  const role = theRole(call, guild);
  requireBelow(call, guild, role);
  if (role.id === guild.id || role.botId !== null) throw refuse('invalidRole');
  removeRole(call.world, guild, role);
  record(call, guild, {
    action: ACTION.roleDelete,
    targetId: role.id,
    changes: differences(shapeRole(role), {}),
  });
  return noContent();
};

const positions = list(object({ id: snowflake, position: maybe(integer(0)) }));

const moveRoles = (call: Call) => {
  const guild = theGuildWith(call, BITS.MANAGE_ROLES);
  const rank = rankOf(guild, call.actor.id);
  const moves = parse(positions, call.body).map(({ id, position }) => {
    const role = guild.roles.get(id);
    if (!role) throw refuse('unknownRole');
    // Clients send the whole order; only what moves is looked at.
    if (position == null || position === role.position) return { role, position: role.position };
    requireBelow(call, guild, role);
    if (position >= rank || role.id === guild.id) throw refuse('missingPermissions');
    return { role, position };
  });
  for (const { role, position } of moves)
    if (position !== role.position) changeRole(call.world, guild, role, { position });
  return ok([...guild.roles.values()].map(shapeRole));
};

const countMembers = (call: Call) => {
  const guild = theGuild(call);
  const counts = [...guild.roles.keys()]
    .filter((id) => id !== guild.id)
    .map((id) => [id, [...guild.members.values()].filter((member) => member.roles.has(id)).length]);
  return ok(Object.fromEntries(counts));
};

/** Routes of roles. */
export const roleRoutes: Route[] = [
  {
    method: 'GET',
    path: '/guilds/:guild/roles',
    handle: (call) => ok([...theGuild(call).roles.values()].map(shapeRole)),
  },
  { method: 'POST', path: '/guilds/:guild/roles', handle: createRole },
  { method: 'GET', path: '/guilds/:guild/roles/member-counts', handle: countMembers },
  { method: 'PATCH', path: '/guilds/:guild/roles', handle: moveRoles },
  {
    method: 'GET',
    path: '/guilds/:guild/roles/:role',
    handle: (call) => ok(shapeRole(theRole(call, theGuild(call)))),
  },
  { method: 'PATCH', path: '/guilds/:guild/roles/:role', handle: patchRole },
  { method: 'DELETE', path: '/guilds/:guild/roles/:role', handle: deleteRole },
];
