/** Keeps the routes of private threads: open one, change it, and say who is in it. */
import { guildOf, requireIn, theChannel, theChannelWith, theGuild } from '../access.ts';
import { ACTION, record } from '../changes/audit-log.ts';
import { addChannel, changeChannel, newThread, tellChannel } from '../changes/channels.ts';
import { flag, integer, maybe, object, oneOf, parse, text } from '../check/schema.ts';
import { refuse } from '../errors.ts';
import { BITS, canView, channelPermissions, has } from '../permissions.ts';
import { type Call, created, noContent, ok, type Route } from '../rest/route.ts';
import { shapeChannel, shapeThreadMember } from '../shape/channel.ts';
import { threadsFor } from '../shape/guild.ts';
import type { Channel, Snowflake, Thread } from '../world.ts';

const MOST_MEMBERS = 1000;

const shared = {
  auto_archive_duration: maybe(oneOf(60, 1440, 4320, 10_080)),
  rate_limit_per_user: maybe(integer(0, 21_600)),
  invitable: maybe(flag),
};
const opening = object({ ...shared, name: text({ min: 1, max: 100 }), type: maybe(oneOf(12)) });
const changing = object({
  ...shared,
  name: maybe(text({ min: 1, max: 100 })),
  archived: maybe(flag),
  locked: maybe(flag),
  flags: maybe(integer(0)),
});

const openThread = (call: Call) => {
  const parent = theChannelWith(call, BITS.CREATE_PRIVATE_THREADS);
  if (parent.type !== 0) throw refuse('wrongChannelType');
  const wish = parse(opening, call.body);
  const thread = newThread(call.actor.id, call.now, {
    invitable: wish.invitable ?? true,
    autoArchiveMinutes: wish.auto_archive_duration ?? 1440,
  });
  const channel = addChannel(call.world, {
    guildId: parent.guildId,
    parentId: parent.id,
    type: 12,
    name: wish.name,
    slowmodeSeconds: wish.rate_limit_per_user ?? 0,
    thread,
  });
  record(call, guildOf(call, parent), { action: ACTION.threadCreate, targetId: channel.id });
  return created(shapeChannel(call.world, channel));
};

/** Changes a thread; its opener may rename and archive it, the rest takes MANAGE_THREADS. */
export const changeThread = (call: Call, channel: Channel, thread: Thread) => {
  const wish = parse(changing, call.body ?? {});
  const own = thread.ownerId === call.actor.id && wish.locked == null && wish.rate_limit_per_user == null;
  if (!own || thread.locked) requireIn(call, channel, BITS.MANAGE_THREADS);
  if (thread.archived && wish.archived !== false) throw refuse('archivedThread');
  if (wish.archived != null && wish.archived !== thread.archived) thread.archivedAt = call.now;
  thread.archived = wish.archived ?? thread.archived;
  thread.locked = wish.locked ?? thread.locked;
  thread.invitable = wish.invitable ?? thread.invitable;
  thread.autoArchiveMinutes = wish.auto_archive_duration ?? thread.autoArchiveMinutes;
  changeChannel(call.world, channel, {
    name: wish.name ?? channel.name,
    slowmodeSeconds: wish.rate_limit_per_user ?? channel.slowmodeSeconds,
  });
  record(call, guildOf(call, channel), { action: ACTION.threadUpdate, targetId: channel.id });
  return ok(shapeChannel(call.world, channel));
};

const theThread = (call: Call): { channel: Channel; thread: Thread } => {
  const channel = theChannel(call);
  if (!channel.thread) throw refuse('wrongChannelType');
  return { channel, thread: channel.thread };
};

const tellMembers = (
  call: Call,
  channel: Channel,
  added: readonly Snowflake[],
  removed: readonly Snowflake[],
) =>
  tellChannel(call.world, channel, 'THREAD_MEMBERS_UPDATE', {
    id: channel.id,
    guild_id: channel.guildId,
    member_count: channel.thread?.members.size ?? 0,
    added_members: added.map((id) => shapeThreadMember(channel, id, call.now)),
    removed_member_ids: removed,
  });

const addThreadMember = (call: Call, userId: Snowflake) => {
  const { channel, thread } = theThread(call);
  const { world, actor } = call;
  const parent = world.channels.get(channel.parentId ?? '');
  const invites = thread.invitable || thread.ownerId === actor.id;
  requireIn(call, channel, invites ? BITS.SEND_MESSAGES : BITS.MANAGE_THREADS);
  if (!world.users.has(userId)) throw refuse('unknownUser');
  if (!parent || !canView(world, parent, userId)) throw refuse('missingAccess');
  if (thread.archived) throw refuse('archivedThread');
  if (thread.members.size >= MOST_MEMBERS) throw refuse('tooManyThreadMembers');
  if (thread.members.has(userId)) return noContent();
  thread.members.set(userId, call.now);
  world.emit({ type: 'THREAD_CREATE', to: { users: [userId] }, data: shapeChannel(world, channel) });
  tellMembers(call, channel, [userId], []);
  return noContent();
};

const removeThreadMember = (call: Call, userId: Snowflake) => {
  const { channel, thread } = theThread(call);
  const own = userId === call.actor.id || thread.ownerId === call.actor.id;
  if (!own) requireIn(call, channel, BITS.MANAGE_THREADS);
  if (!thread.members.has(userId)) throw refuse('unknownMember');
  tellMembers(call, channel, [], [userId]);
  thread.members.delete(userId);
  const { id, type, parentId, guildId } = channel;
  if (!canView(call.world, channel, userId))
    call.world.emit({
      type: 'THREAD_DELETE',
      to: { users: [userId] },
      data: { id, type, parent_id: parentId, guild_id: guildId },
    });
  return noContent();
};

const listThreadMembers = (call: Call) => {
  const { channel, thread } = theThread(call);
  return ok([...thread.members].map(([id, joinedAt]) => shapeThreadMember(channel, id, joinedAt)));
};

const activeThreads = (call: Call) => {
  const guild = theGuild(call);
  const threads = threadsFor(call.world, guild, call.actor);
  const joined = threads.flatMap((channel) => {
    const joinedAt = channel.thread?.members.get(call.actor.id);
    return joinedAt === undefined ? [] : [shapeThreadMember(channel, call.actor.id, joinedAt)];
  });
  return ok({
    threads: threads.map((thread) => shapeChannel(call.world, thread)),
    members: joined,
    has_more: false,
  });
};

const archivedPrivateThreads = (call: Call) => {
  const parent = theChannelWith(call, BITS.READ_MESSAGE_HISTORY);
  const all = has(channelPermissions(call.world, parent, call.actor.id), BITS.MANAGE_THREADS);
  if (!all) throw refuse('missingPermissions');
  const threads = [...call.world.channels.values()].filter(
    (channel) => channel.parentId === parent.id && channel.thread?.archived,
  );
  return ok({
    threads: threads.map((thread) => shapeChannel(call.world, thread)),
    members: [],
    has_more: false,
  });
};

const member = '/channels/:channel/thread-members';

/** Routes of threads. */
export const threadRoutes: Route[] = [
  { method: 'POST', path: '/channels/:channel/threads', handle: openThread },
  { method: 'GET', path: member, query: ['with_member', 'limit', 'after'], handle: listThreadMembers },
  { method: 'PUT', path: `${member}/@me`, handle: (call) => addThreadMember(call, call.actor.id) },
  { method: 'PUT', path: `${member}/:user`, handle: (call) => addThreadMember(call, call.param('user')) },
  { method: 'DELETE', path: `${member}/@me`, handle: (call) => removeThreadMember(call, call.actor.id) },
  {
    method: 'DELETE',
    path: `${member}/:user`,
    handle: (call) => removeThreadMember(call, call.param('user')),
  },
  { method: 'GET', path: '/guilds/:guild/threads/active', handle: activeThreads },
  {
    method: 'GET',
    path: '/channels/:channel/threads/archived/private',
    query: ['before', 'limit'],
    handle: archivedPrivateThreads,
  },
];
