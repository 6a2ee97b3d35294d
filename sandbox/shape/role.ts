/** Keeps how a role looks on the wire. */
import type { Role } from '../world.ts';

/** A role object. */
export const shapeRole = (role: Role) => ({
  id: role.id,
  name: role.name,
  permissions: role.permissions.toString(),
  position: role.position,
  color: role.color,
  colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
  hoist: role.hoist,
  managed: role.botId !== null,
  mentionable: role.mentionable,
  icon: null,
  unicode_emoji: null,
  ...(role.botId === null ? {} : { tags: { bot_id: role.botId } }),
  flags: 0,
});
