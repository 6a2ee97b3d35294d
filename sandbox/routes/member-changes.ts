/** Keeps how a member is changed by another: nickname, roles, timeout, and mute, deafen and move in voice. */
import { memberOf, requireAbove, requireIn, requireInGuild, theGuild } from '../access.ts';
import { ACTION, type Deed, record } from '../changes/audit-log.ts';
import { changeMember } from '../changes/members.ts';
import { dropVoiceState, putVoiceState, tellVoiceState } from '../changes/voice.ts';
import {
  anything,
  type Checked,
  flag,
  integer,
  maybe,
  object,
  parse,
  set,
  snowflake,
  text,
  timestamp,
} from '../check/schema.ts';
import { invalid, refuse } from '../errors.ts';
import { BITS, guildPermissions, has, rankOf } from '../permissions.ts';
import { type Call, ok } from '../rest/route.ts';
import { shapeMember } from '../shape/member.ts';
import type { Channel, Guild, Member, Snowflake, VoiceState } from '../world.ts';

const form = object({
  nick: maybe(text({ max: 32 })),
  roles: maybe(set(snowflake, { max: 350 })),
  mute: maybe(flag),
  deaf: maybe(flag),
  channel_id: maybe(snowflake),
  communication_disabled_until: maybe(timestamp),
  flags: maybe(integer(0)),
  // discord.js sends its own name of the field along; Discord takes no notice of it.
  communicationDisabledUntil: maybe(anything),
});
type Form = Checked<typeof form>;

const LONGEST_TIMEOUT = 28 * 24 * 3600 * 1000;

const nickOf = (call: Call, guild: Guild, member: Member, { nick }: Form): Partial<Member> => {
  if (nick === undefined) return {};
  if (member.userId === call.actor.id) requireInGuild(call, guild, BITS.CHANGE_NICKNAME);
  else {
    requireInGuild(call, guild, BITS.MANAGE_NICKNAMES);
    requireAbove(call, guild, member.userId);
  }
  return { nick: nick || null };
};

const rolesOf = (call: Call, guild: Guild, member: Member, { roles }: Form): Partial<Member> => {
  if (roles == null) return {};
  requireInGuild(call, guild, BITS.MANAGE_ROLES);
  const wanted = new Set(roles);
  const changed = [...wanted, ...member.roles].filter((id) => wanted.has(id) !== member.roles.has(id));
  for (const id of changed) {
    const role = guild.roles.get(id);
    if (!role) throw refuse('unknownRole');
    if (role.position >= rankOf(guild, call.actor.id)) throw refuse('missingPermissions');
    if (role.id === guild.id || role.botId !== null) throw refuse('invalidRole');
  }
  return { roles: wanted };
};

const timeoutOf = (call: Call, guild: Guild, member: Member, wish: Form): Partial<Member> => {
  const until = wish.communication_disabled_until;
  if (until === undefined) return {};
  requireInGuild(call, guild, BITS.MODERATE_MEMBERS);
  requireAbove(call, guild, member.userId);
  if (until === null) return { timeoutUntil: null };
  if (has(guildPermissions(call.world, guild, member.userId), BITS.ADMINISTRATOR))
    throw refuse('missingPermissions');
  const timeoutUntil = Date.parse(until);
  if (timeoutUntil > call.now + LONGEST_TIMEOUT)
    throw invalid(['communication_disabled_until'], 'DATE_TIME_TYPE_RANGE', 'At most 28 days ahead.');
  return { timeoutUntil: timeoutUntil > call.now ? timeoutUntil : null };
};

const voiceOf = (guild: Guild, member: Member): VoiceState => {
  const state = guild.voiceStates.get(member.userId);
  if (!state) throw refuse('notInVoice');
  return state;
};

const placeOf = (call: Call, state: VoiceState): Channel => {
  const channel = call.world.channels.get(state.channelId);
  if (!channel) throw refuse('unknownChannel');
  return channel;
};

const soundOf = (call: Call, guild: Guild, member: Member, { mute, deaf }: Form): Partial<Member> => {
  if (mute == null && deaf == null) return {};
  const place = placeOf(call, voiceOf(guild, member));
  if (mute != null) requireIn(call, place, BITS.MUTE_MEMBERS);
  if (deaf != null) requireIn(call, place, BITS.DEAFEN_MEMBERS);
  return { ...(mute == null ? {} : { mute }), ...(deaf == null ? {} : { deaf }) };
};

/** Checks a wish to move somebody; gives the move, or null when none is wished. */
const moveOf = (call: Call, guild: Guild, member: Member, channelId: Snowflake | null | undefined) => {
  if (channelId === undefined) return null;
  const state = voiceOf(guild, member);
  requireIn(call, placeOf(call, state), BITS.MOVE_MEMBERS);
  if (channelId === null) return () => dropVoiceState(call.world, guild, member.userId);
  const target = call.world.channels.get(channelId);
  if (!target || target.guildId !== guild.id) throw refuse('unknownChannel');
  if (target.type !== 2) throw invalid(['channel_id'], 'CHANNEL_NOT_VOICE', 'Not a voice channel');
  requireIn(call, target, BITS.CONNECT | BITS.MOVE_MEMBERS);
  return () => putVoiceState(call.world, guild, { ...state, channelId });
};

const deedsOf = (member: Member, patch: Partial<Member>, channelId: Snowflake | null | undefined): Deed[] => {
  const targetId = member.userId;
  const { roles, ...rest } = patch;
  return [
    ...(Object.keys(rest).length > 0 ? [{ action: ACTION.memberUpdate, targetId }] : []),
    ...(roles ? [{ action: ACTION.memberRoles, targetId }] : []),
    ...(channelId === null
      ? [{ action: ACTION.memberDisconnect, targetId: null, options: { count: '1' } }]
      : []),
    ...(channelId
      ? [{ action: ACTION.memberMove, targetId: null, options: { channel_id: channelId, count: '1' } }]
      : []),
  ];
};

/** PATCH of a member: everything is checked before anything is changed. */
export const patchMember = (call: Call) => {
  const guild = theGuild(call);
  const member = memberOf(call, guild, call.param('user'));
  const wish = parse(form, call.body ?? {});
  const sound = soundOf(call, guild, member, wish);
  const patch = {
    ...nickOf(call, guild, member, wish),
    ...rolesOf(call, guild, member, wish),
    ...timeoutOf(call, guild, member, wish),
    ...sound,
  };
  const move = moveOf(call, guild, member, wish.channel_id);
  if (Object.keys(patch).length > 0) changeMember(call.world, guild, member, patch);
  const state = guild.voiceStates.get(member.userId);
  if (state && Object.keys(sound).length > 0) tellVoiceState(call.world, guild, state);
  move?.();
  for (const deed of deedsOf(member, patch, wish.channel_id)) record(call, guild, deed);
  return ok(shapeMember(call.world, member));
};
