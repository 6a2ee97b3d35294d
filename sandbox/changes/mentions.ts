/** Keeps whom a message pings: what its text names, narrowed by allowed_mentions and by permissions. */
import { BITS, channelPermissions, has } from '../permissions.ts';
import type { Channel, Mentions, Message, Snowflake, World } from '../world.ts';

/** Whom a message may ping, as its sender said; null or nothing means everyone it names. */
export type AllowedMentions = {
  readonly parse?: readonly string[] | null;
  readonly users?: readonly Snowflake[] | null;
  readonly roles?: readonly Snowflake[] | null;
  readonly replied_user?: boolean | null;
};

/** What of a message mentions are computed from. */
type Source = {
  readonly channel: Channel;
  readonly authorId: Snowflake;
  readonly text: string;
  readonly allowed: AllowedMentions | null | undefined;
  readonly repliedTo: Message | null;
};

const named = (text: string, pattern: RegExp): Snowflake[] => [
  ...new Set([...text.matchAll(pattern)].flatMap((match) => match[1] ?? [])),
];

const narrowed = (
  ids: readonly Snowflake[],
  allowed: AllowedMentions | null | undefined,
  kind: 'users' | 'roles',
): Snowflake[] => {
  if (!allowed || allowed.parse?.includes(kind)) return [...ids];
  const list = allowed[kind] ?? [];
  return ids.filter((id) => list.includes(id));
};

const everyone = ({ text, allowed }: Source, mayMentionAll: boolean): boolean => {
  const wished = !allowed || (allowed.parse?.includes('everyone') ?? false);
  return wished && mayMentionAll && /@(everyone|here)\b/.test(text);
};

const replied = ({ allowed, repliedTo, authorId }: Source): Snowflake[] => {
  const wished = !allowed || allowed.replied_user === true;
  return wished && repliedTo && repliedTo.authorId !== authorId ? [repliedTo.authorId] : [];
};

/** Computes the mentions of a message. */
export const mentionsOf = (world: World, source: Source): Mentions => {
  const { channel, authorId, text, allowed } = source;
  const guild = world.guilds.get(channel.guildId ?? '');
  const mayMentionAll = has(channelPermissions(world, channel, authorId), BITS.MENTION_EVERYONE);
  const users = narrowed(named(text, /<@!?(\d+)>/g), allowed, 'users').filter((id) => world.users.has(id));
  const roles = narrowed(named(text, /<@&(\d+)>/g), allowed, 'roles').filter((id) => {
    const role = guild?.roles.get(id);
    return role !== undefined && role.id !== guild?.id && (role.mentionable || mayMentionAll);
  });
  return {
    everyone: guild !== undefined && everyone(source, mayMentionAll),
    users: [...new Set([...users, ...replied(source)])],
    roles,
  };
};

/** All text of a message that can mention: its content and every text display in its components. */
export const mentioningText = (content: string, components: readonly object[]): string =>
  [content, ...components.flatMap(textsIn)].join('\n');

const textsIn = (component: object): string[] =>
  Object.entries(component).flatMap(([key, value]) => {
    if (key === 'content' && typeof value === 'string') return [value];
    if (Array.isArray(value))
      return value.flatMap((item) => (typeof item === 'object' && item ? textsIn(item) : []));
    return typeof value === 'object' && value ? textsIn(value) : [];
  });
