/** Keeps how invites look on the wire, and when they are over. */
import type { Guild, Invite, World } from '../world.ts';
import { shapeUser } from './user.ts';

/** Discord's own activities that can be invited to, by id. */
export const ACTIVITIES: ReadonlyMap<string, string> = new Map([['880218394199220334', 'Watch Together']]);

const targetOf = ({ activityId }: Invite): object =>
  activityId === null
    ? {}
    : {
        target_type: 2,
        target_application: {
          id: activityId,
          name: ACTIVITIES.get(activityId) ?? '',
          description: '',
          icon: null,
        },
      };

const endOf = ({ createdAt, maxAgeSeconds }: Invite): number | null =>
  maxAgeSeconds === 0 ? null : createdAt + maxAgeSeconds * 1000;

/** An invite, as whoever holds its code may see it. */
export const shapeInvite = (world: World, guild: Guild, invite: Invite) => {
  const channel = world.channels.get(invite.channelId);
  const inviter = world.users.get(invite.inviterId);
  const end = endOf(invite);
  return {
    type: 0,
    code: invite.code,
    ...(inviter ? { inviter: shapeUser(inviter) } : {}),
    guild_id: guild.id,
    guild: {
      id: guild.id,
      name: guild.name,
      splash: null,
      banner: null,
      description: null,
      icon: null,
      features: [],
      verification_level: 0,
      vanity_url_code: null,
      nsfw_level: 0,
      nsfw: false,
      premium_subscription_count: 0,
    },
    ...targetOf(invite),
    channel: { id: invite.channelId, type: channel?.type ?? 0, name: channel?.name ?? null },
    expires_at: end === null ? null : new Date(end).toISOString(),
  };
};

/** An invite with how it is used, for who manages it. */
export const shapeInviteWithUses = (world: World, guild: Guild, invite: Invite) => ({
  ...shapeInvite(world, guild, invite),
  uses: invite.uses,
  max_uses: invite.maxUses,
  max_age: invite.maxAgeSeconds,
  temporary: invite.temporary,
  created_at: new Date(invite.createdAt).toISOString(),
});

/** What the audit log tells of an invite. */
export const inviteFacts = ({
  code,
  channelId,
  inviterId,
  maxUses,
  uses,
  maxAgeSeconds,
  temporary,
}: Invite) => ({
  code,
  channel_id: channelId,
  inviter_id: inviterId,
  max_uses: maxUses,
  uses,
  max_age: maxAgeSeconds,
  temporary,
});

/** Whether an invite has run out, by time or by use. */
export const isOver = (invite: Invite, now: number): boolean =>
  (endOf(invite) ?? Number.POSITIVE_INFINITY) <= now || (invite.maxUses > 0 && invite.uses >= invite.maxUses);
