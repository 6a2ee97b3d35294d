/** Keeps the `resolved` part of an interaction: the people, roles and channels whose ids a person gave. */
import type { APIAttachment } from 'discord-api-types/v10';
import { channelPermissions, guildPermissions } from '../permissions.ts';
import { shapeChannel } from '../shape/channel.ts';
import { shapeBareMember } from '../shape/member.ts';
import { shapeMessage } from '../shape/message.ts';
import { shapeRole } from '../shape/role.ts';
import { shapeUser } from '../shape/user.ts';
import type { Channel, Guild, Message, Role, Snowflake, User, World } from '../world.ts';

/** Where an interaction happens, and between whom. */
export type Place = {
  readonly world: World;
  readonly channel: Channel;
  readonly guild: Guild | null;
  readonly person: User;
  readonly bot: User;
};

/** One thing that an id named. */
export type Entity =
  | { readonly kind: 'user'; readonly it: User }
  | { readonly kind: 'role'; readonly it: Role }
  | { readonly kind: 'channel'; readonly it: Channel }
  | { readonly kind: 'message'; readonly it: Message }
  | { readonly kind: 'attachment'; readonly it: APIAttachment };

/** The user, role or channel of this guild that an id names, if it is of one of these kinds. */
export const entityOf = (
  place: Place,
  id: Snowflake,
  ...kinds: readonly Exclude<Entity['kind'], 'message' | 'attachment'>[]
): Entity | undefined => {
  const user = kinds.includes('user') ? place.world.users.get(id) : undefined;
  if (user) return { kind: 'user', it: user };
  const role = kinds.includes('role') ? place.guild?.roles.get(id) : undefined;
  if (role) return { kind: 'role', it: role };
  const channel = kinds.includes('channel') ? place.world.channels.get(id) : undefined;
  const isHere = channel !== undefined && place.guild !== null && channel.guildId === place.guild.id;
  // A person's client offers only what the person can see.
  const isSeen = isHere && channelPermissions(place.world, channel, place.person.id) !== 0n;
  return isSeen ? { kind: 'channel', it: channel } : undefined;
};

const PARTIAL_CHANNEL = [
  'id',
  'name',
  'type',
  'last_message_id',
  'last_pin_timestamp',
  'nsfw',
  'parent_id',
  'guild_id',
  'flags',
  'rate_limit_per_user',
  'topic',
  'position',
  'thread_metadata',
];

/** A channel as interactions carry it, with what the person and the bot may do in it. */
export const partialChannel = (place: Place, channel: Channel): object => ({
  ...Object.fromEntries(
    Object.entries(shapeChannel(place.world, channel, place.bot.id)).filter(([key]) =>
      PARTIAL_CHANNEL.includes(key),
    ),
  ),
  permissions: channelPermissions(place.world, channel, place.person.id).toString(),
  app_permissions: channelPermissions(place.world, channel, place.bot.id).toString(),
});

const partialMember = ({ world, guild }: Place, user: User): object | undefined => {
  const member = guild?.members.get(user.id);
  if (!guild || !member) return undefined;
  const { mute: _, deaf: __, ...bare } = shapeBareMember(member);
  return { ...bare, permissions: guildPermissions(world, guild, user.id).toString() };
};

const byId = <T>(entries: readonly (readonly [Snowflake, T])[]): { [id: Snowflake]: T } | undefined =>
  entries.length > 0 ? Object.fromEntries(entries) : undefined;

/** The `resolved` object for some entities; undefined when there are none. */
export const resolvedOf = (place: Place, entities: readonly Entity[]): object | undefined => {
  const users = entities.flatMap((entity) => (entity.kind === 'user' ? [entity.it] : []));
  const parts = {
    users: byId(users.map((it) => [it.id, shapeUser(it)])),
    members: byId(
      users.flatMap((it) => {
        const member = partialMember(place, it);
        return member ? [[it.id, member] as const] : [];
      }),
    ),
    roles: byId(entities.flatMap((e) => (e.kind === 'role' ? [[e.it.id, shapeRole(e.it)] as const] : []))),
    channels: byId(
      entities.flatMap((e) =>
        e.kind === 'channel' ? [[e.it.id, partialChannel(place, e.it)] as const] : [],
      ),
    ),
    attachments: byId(entities.flatMap((e) => (e.kind === 'attachment' ? [[e.it.id, e.it] as const] : []))),
    messages: byId(
      entities.flatMap((e) =>
        e.kind === 'message' ? [[e.it.id, shapeMessage(place.world, e.it)] as const] : [],
      ),
    ),
  };
  const present = Object.entries(parts).filter(([, part]) => part !== undefined);
  return present.length > 0 ? Object.fromEntries(present) : undefined;
};
