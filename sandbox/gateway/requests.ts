/** Keeps what a session may ask for once it stands: presence, voice, members, and what a channel shows. */
import { dropVoiceState, headcount, putVoiceState } from '../changes/voice.ts';
import {
  anything,
  flag,
  integer,
  list,
  maybe,
  nullable,
  object,
  optional,
  snowflake,
  text,
} from '../check/schema.ts';
import { BITS, canView, channelPermissions, has } from '../permissions.ts';
import { RateLimited } from '../rest/rate-limits.ts';
import type { Limit } from '../rest/route.ts';
import { channelsOf } from '../shape/guild.ts';
import { shapeMember } from '../shape/member.ts';
import type { Channel, Guild, Member, Snowflake, World } from '../world.ts';
import { GatewayClose } from './close.ts';
import { mayListMembers } from './intents.ts';
import { read } from './payload.ts';
import { presence } from './presence.ts';
import { type Session, send } from './session.ts';

/** What a request works with; `spend` counts against a limit and throws when it is used up. */
export type Requester = {
  readonly world: World;
  readonly session: Session;
  spend(key: string, limit: Limit): void;
};

const memberGuild = ({ world, session }: Requester, id: Snowflake): Guild | null => {
  const guild = world.guilds.get(id);
  return guild?.members.has(session.user.id) ? guild : null;
};

/** Opcode 3: tells the guilds of an account how it is. */
const updatePresence = (requester: Requester, data: unknown): void => {
  const { status, activities = [] } = read(presence, data);
  const { world, session } = requester;
  for (const guild of world.guilds.values()) {
    if (!guild.members.has(session.user.id)) continue;
    const user = { id: session.user.id };
    const shown = status === 'invisible' ? 'offline' : status;
    const update = { user, guild_id: guild.id, status: shown, activities, client_status: { desktop: shown } };
    world.emit({ type: 'PRESENCE_UPDATE', to: { guild: guild.id }, data: update });
  }
};

const voiceRequest = object({
  guild_id: snowflake,
  channel_id: nullable(snowflake),
  self_mute: flag,
  self_deaf: flag,
  self_video: optional(flag),
  self_stream: optional(flag),
  flags: optional(integer(0)),
});

const mayJoin = (world: World, guild: Guild, channel: Channel, userId: Snowflake): boolean => {
  const permissions = channelPermissions(world, channel, userId);
  if (channel.type !== 2 || !has(permissions, BITS.VIEW_CHANNEL | BITS.CONNECT)) return false;
  const here = guild.voiceStates.get(userId)?.channelId === channel.id;
  const full = channel.userLimit > 0 && headcount(guild, channel) >= channel.userLimit;
  return here || !full || has(permissions, BITS.MOVE_MEMBERS);
};

/** Opcode 4: joins, moves within, changes or leaves voice. Discord does not answer who may not join. */
const updateVoice = (requester: Requester, data: unknown): void => {
  const wish = read(voiceRequest, data);
  const { world, session } = requester;
  const guild = memberGuild(requester, wish.guild_id);
  if (guild && wish.channel_id === null) dropVoiceState(world, guild, session.user.id);
  const channel = world.channels.get(wish.channel_id ?? '');
  if (!guild || channel?.guildId !== guild.id || !mayJoin(world, guild, channel, session.user.id)) return;
  const mayStream = has(channelPermissions(world, channel, session.user.id), BITS.STREAM);
  const joined = guild.voiceStates.get(session.user.id)?.channelId !== channel.id;
  putVoiceState(world, guild, {
    userId: session.user.id,
    channelId: channel.id,
    sessionId: session.id,
    selfMute: wish.self_mute,
    selfDeaf: wish.self_deaf,
    selfVideo: mayStream && (wish.self_video ?? false),
    selfStream: mayStream && (wish.self_stream ?? false),
  });
  // Only bots are in a call by a connection of their own: a person's is inside of the sandbox.
  if (joined && !session.user.bot)
    send(session, 'VOICE_SERVER_UPDATE', { token: session.id, guild_id: guild.id, endpoint: null });
};

const membersRequest = object({
  guild_id: snowflake,
  query: optional(text()),
  limit: optional(integer(0)),
  presences: optional(flag),
  user_ids: optional(anything),
  nonce: maybe(text({ max: 32 })),
});

const ALL_MEMBERS: Limit = { requests: 1, windowMs: 30_000 };
const CHUNK = 1000;

const wanted = (
  world: World,
  guild: Guild,
  userIds: readonly unknown[],
  query: string,
  limit: number,
): Member[] => {
  const members = [...guild.members.values()];
  if (userIds.length > 0) return members.filter((member) => userIds.includes(member.userId)).slice(0, 100);
  const named = members.filter((member) =>
    (world.users.get(member.userId)?.username ?? '').toLowerCase().startsWith(query.toLowerCase()),
  );
  return limit === 0 ? named : named.slice(0, limit);
};

const chunked = (members: readonly Member[]): Member[][] =>
  Array.from({ length: Math.max(1, Math.ceil(members.length / CHUNK)) }, (_, index) =>
    members.slice(index * CHUNK, (index + 1) * CHUNK),
  );

/** Opcode 8: sends the members of a guild in chunks; all of them only with the members intent. */
const requestMembers = (requester: Requester, data: unknown): void => {
  const { world, session } = requester;
  const { guild_id, query = '', limit = 0, user_ids, nonce } = read(membersRequest, data);
  const guild = memberGuild(requester, guild_id);
  if (!guild) return;
  const userIds = [user_ids ?? []].flat();
  const all = userIds.length === 0 && query === '' && limit === 0;
  if (all && session.intents !== null && !mayListMembers(session.intents))
    throw new GatewayClose('disallowedIntents', 'Disallowed intent(s).');
  if (all) requester.spend(`members ${guild.id} ${session.user.id}`, ALL_MEMBERS);
  const chunks = chunked(wanted(world, guild, userIds, query, limit));
  const missing = userIds.filter((id) => typeof id === 'string' && !guild.members.has(id));
  for (const [index, members] of chunks.entries())
    send(session, 'GUILD_MEMBERS_CHUNK', {
      guild_id,
      members: members.map((member) => shapeMember(world, member)),
      chunk_index: index,
      chunk_count: chunks.length,
      ...(userIds.length > 0 ? { not_found: missing } : {}),
      ...(nonce ? { nonce } : {}),
    });
};

const infoRequest = object({ guild_id: snowflake, fields: list(text()) });

/** Opcode 43: tells what voice channels show. */
const requestChannelInfo = (requester: Requester, data: unknown): void => {
  const { world, session } = requester;
  const { guild_id, fields } = read(infoRequest, data);
  const guild = memberGuild(requester, guild_id);
  if (!guild) return;
  const visible = channelsOf(world, guild).filter(
    (channel) => channel.type === 2 && canView(world, channel, session.user.id),
  );
  const channels = visible.map(({ id, voiceStatus }) => ({
    id,
    ...(fields.includes('status') && voiceStatus !== null ? { status: voiceStatus } : {}),
  }));
  send(session, 'CHANNEL_INFO', { guild_id, channels });
};

const handlers: Readonly<Record<number, (requester: Requester, data: unknown) => void>> = {
  3: updatePresence,
  4: updateVoice,
  8: requestMembers,
  43: requestChannelInfo,
};

/** Answers a request of a standing session; an opcode that nobody knows closes it. */
export const answerRequest = (requester: Requester, op: number, data: unknown): void => {
  const handler = handlers[op];
  if (!handler) throw new GatewayClose('unknownOpcode', 'Unknown opcode.');
  try {
    handler(requester, data);
  } catch (error) {
    if (!(error instanceof RateLimited)) throw error;
    const guildId: unknown = Reflect.get(Object(data), 'guild_id');
    const nonce: unknown = Reflect.get(Object(data), 'nonce');
    const meta = { guild_id: guildId, ...(nonce ? { nonce } : {}) };
    send(requester.session, 'RATE_LIMITED', { opcode: op, retry_after: error.retryAfter, meta });
  }
};
