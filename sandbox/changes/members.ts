/** Keeps how members and roles of a guild come, change and go, with the events that clients get of it. */
import { shapeMember } from '../shape/member.ts';
import { shapeRole } from '../shape/role.ts';
import { shapeUser } from '../shape/user.ts';
import type { Guild, Member, Role, Snowflake, World } from '../world.ts';
import { changeChannel } from './channels.ts';
import { dropVoiceState } from './voice.ts';

/** Tells every client of a guild; privileged intents are the gateway's business. */
const tellGuild = (world: World, guild: Guild, type: string, data: object): void =>
  world.emit({ type, to: { guild: guild.id }, data: { guild_id: guild.id, ...data } });

/** Makes a user a member: the newcomer gets the guild, the others hear of it. */
export const addMember = (
  world: World,
  guild: Guild,
  userId: Snowflake,
  roles: readonly Snowflake[] = [],
): Member => {
  const member: Member = {
    userId,
    nick: null,
    roles: new Set(roles),
    joinedAt: world.clock.now(),
    mute: false,
    deaf: false,
    timeoutUntil: null,
  };
  guild.members.set(userId, member);
  world.emit({
    type: 'GUILD_CREATE',
    to: { users: [userId] },
    data: { id: guild.id }, // the gateway shapes it for each session
  });
  tellGuild(world, guild, 'GUILD_MEMBER_ADD', shapeMember(world, member));
  return member;
};

/** Changes a member and tells everyone. */
export const changeMember = (world: World, guild: Guild, member: Member, patch: Partial<Member>): void => {
  Object.assign(member, patch);
  tellGuild(world, guild, 'GUILD_MEMBER_UPDATE', shapeMember(world, member));
};

/** Takes a member out of a guild and tells it that the guild is gone; a bot's own role goes with it. */
export const removeMember = (world: World, guild: Guild, userId: Snowflake): void => {
  const user = world.users.get(userId);
  if (!user || !guild.members.has(userId)) return;
  dropVoiceState(world, guild, userId);
  for (const role of [...guild.roles.values()]) if (role.botId === userId) removeRole(world, guild, role);
  guild.members.delete(userId);
  world.emit({ type: 'GUILD_DELETE', to: { users: [userId] }, data: { id: guild.id } });
  tellGuild(world, guild, 'GUILD_MEMBER_REMOVE', { user: shapeUser(user) });
};

/** Adds a role and tells everyone. */
export const addRole = (world: World, guild: Guild, role: Role): void => {
  guild.roles.set(role.id, role);
  tellGuild(world, guild, 'GUILD_ROLE_CREATE', { role: shapeRole(role) });
};

/** Changes a role and tells everyone. */
export const changeRole = (world: World, guild: Guild, role: Role, patch: Partial<Role>): void => {
  Object.assign(role, patch);
  tellGuild(world, guild, 'GUILD_ROLE_UPDATE', { role: shapeRole(role) });
};

/** Removes a role from the guild, from its members and from the overwrites of its channels. */
export const removeRole = (world: World, guild: Guild, role: Role): void => {
  guild.roles.delete(role.id);
  tellGuild(world, guild, 'GUILD_ROLE_DELETE', { role_id: role.id });
  for (const member of guild.members.values())
    if (member.roles.delete(role.id)) changeMember(world, guild, member, {});
  for (const channel of world.channels.values()) {
    if (channel.guildId !== guild.id || !channel.overwrites.has(role.id)) continue;
    const overwrites = new Map([...channel.overwrites].filter(([id]) => id !== role.id));
    changeChannel(world, channel, { overwrites });
  }
};
