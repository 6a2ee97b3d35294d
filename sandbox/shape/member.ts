/** Keeps how members and their voice states look on the wire. */
import { BITS, channelPermissions, has } from '../permissions.ts';
import type { Guild, Member, Snowflake, VoiceState, World } from '../world.ts';
import { shapeUser } from './user.ts';

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

/** A member without its user, as messages and mentions carry it. */
export const shapeBareMember = (member: Member) => ({
  avatar: null,
  avatar_decoration_data: null,
  banner: null,
  collectibles: null,
  communication_disabled_until: iso(member.timeoutUntil),
  flags: 0,
  joined_at: new Date(member.joinedAt).toISOString(),
  nick: member.nick,
  pending: false,
  premium_since: null,
  roles: [...member.roles],
  mute: member.mute,
  deaf: member.deaf,
});

/** A member with its user. */
export const shapeMember = (world: World, member: Member) => {
  const user = world.users.get(member.userId);
  if (!user) throw new Error(`member ${member.userId} has no account`);
  return { ...shapeBareMember(member), user: shapeUser(user) };
};

/** A voice state; a channel id of null tells that the member has left. */
export const shapeVoiceState = (
  world: World,
  guild: Guild,
  state: VoiceState,
  channelId: Snowflake | null = state.channelId,
) => {
  const member = guild.members.get(state.userId);
  const channel = world.channels.get(state.channelId);
  const maySpeak = !channel || has(channelPermissions(world, channel, state.userId), BITS.SPEAK);
  return {
    guild_id: guild.id,
    channel_id: channelId,
    user_id: state.userId,
    ...(member ? { member: shapeMember(world, member) } : {}),
    session_id: state.sessionId,
    deaf: member?.deaf ?? false,
    mute: member?.mute ?? false,
    self_deaf: state.selfDeaf,
    self_mute: state.selfMute,
    self_stream: state.selfStream,
    self_video: state.selfVideo,
    suppress: !maySpeak,
    request_to_speak_timestamp: null,
  };
};
