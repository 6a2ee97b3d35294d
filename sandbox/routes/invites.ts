/** Keeps the routes of invites: the ways into a guild, and how a person takes one. */
import { randomBytes } from 'node:crypto';
import { guildOf, requireInGuild, theChannelWith, theGuild } from '../access.ts';
import { ACTION, differences, record } from '../changes/audit-log.ts';
import { addMember } from '../changes/members.ts';
import {
  type Checked,
  flag,
  integer,
  list,
  maybe,
  object,
  oneOf,
  parse,
  snowflake,
} from '../check/schema.ts';
import { invalid, refuse } from '../errors.ts';
import { BITS, channelPermissions, guildPermissions, has, rankOf } from '../permissions.ts';
import { type Call, ok, type Route } from '../rest/route.ts';
import { ACTIVITIES, inviteFacts, isOver, shapeInvite, shapeInviteWithUses } from '../shape/invite.ts';
import type { Channel, Guild, Invite, Snowflake } from '../world.ts';

const MOST_INVITES = 1000;

const form = object({
  max_age: maybe(integer(0, 604_800)),
  max_uses: maybe(integer(0, 100)),
  temporary: maybe(flag),
  unique: maybe(flag),
  target_type: maybe(oneOf(1, 2)),
  target_user_id: maybe(snowflake),
  target_application_id: maybe(snowflake),
  role_ids: maybe(list(snowflake, { max: 250 })),
});

/** What a sender wishes of an invite. */
type Wish = Checked<typeof form>;

const standing = (call: Call, guild: Guild): Invite[] =>
  [...guild.invites.values()].filter((invite) => !isOver(invite, call.now));

const tell = ({ world }: Call, guild: Guild, invite: Invite, type: string, more: object = {}): void =>
  world.emit({
    type,
    to: { guild: guild.id, channel: invite.channelId, needs: BITS.MANAGE_CHANNELS },
    data: { channel_id: invite.channelId, guild_id: guild.id, code: invite.code, ...more },
  });

const requireGrantable = (call: Call, guild: Guild, roleIds: readonly Snowflake[]): void => {
  if (roleIds.length > 0) requireInGuild(call, guild, BITS.MANAGE_ROLES);
  for (const id of roleIds) {
    const role = guild.roles.get(id);
    if (!role) throw refuse('unknownRole');
    if (role.position >= rankOf(guild, call.actor.id)) throw refuse('missingPermissions');
  }
};

const VOICE = 2;

/** The activity that an invite leads to, which is one of Discord's own and takes place in a voice channel. */
const activityOf = ({ target_type, target_application_id }: Wish, channel: Channel): Snowflake | null => {
  if (target_type !== 2) return null;
  const id = target_application_id ?? '';
  if (!ACTIVITIES.has(id)) throw refuse('unknownApplication');
  if (channel.type !== VOICE)
    throw invalid(
      ['target_type'],
      'GUILD_INVITE_INVALID_TARGET_TYPE',
      'Activities take place in voice channels.',
    );
  return id;
};

const createInvite = (call: Call) => {
  const channel = theChannelWith(call, BITS.CREATE_INSTANT_INVITE);
  const guild = guildOf(call, channel);
  const wish = parse(form, call.body);
  if (standing(call, guild).length >= MOST_INVITES) throw refuse('tooManyInvites');
  requireGrantable(call, guild, wish.role_ids ?? []);
  const invite: Invite = {
    code: randomBytes(6).toString('base64url'),
    guildId: guild.id,
    channelId: channel.id,
    inviterId: call.actor.id,
    createdAt: call.now,
    maxAgeSeconds: wish.max_age ?? 86_400,
    maxUses: wish.max_uses ?? 0,
    temporary: wish.temporary ?? false,
    roleIds: wish.role_ids ?? [],
    activityId: activityOf(wish, channel),
    uses: 0,
  };
  guild.invites.set(invite.code, invite);
  const { uses, max_uses, max_age, temporary, created_at, inviter } = shapeInviteWithUses(
    call.world,
    guild,
    invite,
  );
  tell(call, guild, invite, 'INVITE_CREATE', { uses, max_uses, max_age, temporary, created_at, inviter });
  record(call, guild, {
    action: ACTION.inviteCreate,
    targetId: null,
    changes: differences({}, inviteFacts(invite)),
  });
  return ok(shapeInviteWithUses(call.world, guild, invite));
};

const theInvite = (call: Call): { guild: Guild; invite: Invite } => {
  for (const guild of call.world.guilds.values()) {
    const invite = guild.invites.get(call.param('code'));
    if (invite && !isOver(invite, call.now)) return { guild, invite };
  }
  throw refuse('unknownInvite');
};

const getInvite = (call: Call) => {
  const { guild, invite } = theInvite(call);
  const counts = {
    approximate_member_count: guild.members.size,
    approximate_presence_count: guild.members.size,
  };
  return ok({
    ...shapeInvite(call.world, guild, invite),
    ...(call.query.get('with_counts') === 'true' ? counts : {}),
  });
};

const mayDelete = ({ world, actor }: Call, guild: Guild, channel: Channel | undefined): boolean =>
  has(guildPermissions(world, guild, actor.id), BITS.MANAGE_GUILD) ||
  (channel !== undefined && has(channelPermissions(world, channel, actor.id), BITS.MANAGE_CHANNELS));

const deleteInvite = (call: Call) => {
  const { guild, invite } = theInvite(call);
  if (!mayDelete(call, guild, call.world.channels.get(invite.channelId))) throw refuse('missingPermissions');
  guild.invites.delete(invite.code);
  tell(call, guild, invite, 'INVITE_DELETE');
  record(call, guild, {
    action: ACTION.inviteDelete,
    targetId: null,
    changes: differences(inviteFacts(invite), {}),
  });
  return ok(shapeInvite(call.world, guild, invite));
};

const acceptInvite = (call: Call) => {
  const { guild, invite } = theInvite(call);
  if (guild.bans.has(call.actor.id)) throw refuse('bannedFromGuild');
  if (guild.members.has(call.actor.id)) return ok(shapeInvite(call.world, guild, invite));
  invite.uses += 1;
  addMember(
    call.world,
    guild,
    call.actor.id,
    invite.roleIds.filter((id) => guild.roles.has(id)),
  );
  return ok(shapeInvite(call.world, guild, invite));
};

const guildInvites = (call: Call) => {
  const guild = theGuild(call);
  const permissions = guildPermissions(call.world, guild, call.actor.id);
  const full = has(permissions, BITS.MANAGE_GUILD);
  if (!full && !has(permissions, BITS.VIEW_AUDIT_LOG)) throw refuse('missingPermissions');
  return ok(
    standing(call, guild).map((invite) =>
      (full ? shapeInviteWithUses : shapeInvite)(call.world, guild, invite),
    ),
  );
};

const channelInvites = (call: Call) => {
  const channel = theChannelWith(call, BITS.MANAGE_CHANNELS);
  const guild = guildOf(call, channel);
  const own = standing(call, guild).filter((invite) => invite.channelId === channel.id);
  return ok(own.map((invite) => shapeInviteWithUses(call.world, guild, invite)));
};

const counted = ['with_counts', 'with_expiration', 'guild_scheduled_event_id'];

/** Routes of invites. */
export const inviteRoutes: Route[] = [
  { method: 'GET', path: '/channels/:channel/invites', handle: channelInvites },
  { method: 'POST', path: '/channels/:channel/invites', handle: createInvite },
  { method: 'GET', path: '/guilds/:guild/invites', handle: guildInvites },
  { method: 'GET', path: '/invites/:code', query: counted, handle: getInvite },
  { method: 'DELETE', path: '/invites/:code', handle: deleteInvite },
  { method: 'POST', path: '/invites/:code', only: 'people', handle: acceptInvite },
];
