/** Keeps the routes of a guild as a whole: itself, its channels and their order, and its audit log. */
import { requireIn, requireInGuild, theGuild, theGuildWith } from '../access.ts';
import { ACTION, differences, record, shapeEntry } from '../changes/audit-log.ts';
import { addChannel, changeChannel, copyOverwrites } from '../changes/channels.ts';
import {
  flag,
  integer,
  list,
  maybe,
  object,
  oneOf,
  optional,
  parse,
  snowflake,
  text,
} from '../check/schema.ts';
import { refuse } from '../errors.ts';
import { readOverwrites } from '../overwrites.ts';
import { BITS, canView } from '../permissions.ts';
import { pageOf } from '../rest/query.ts';
import { type Call, created, noContent, ok, type Route } from '../rest/route.ts';
import { shapeChannel } from '../shape/channel.ts';
import { channelsOf, shapeGuild } from '../shape/guild.ts';
import { shapeUser } from '../shape/user.ts';
import type { AuditEntry, Channel, Guild } from '../world.ts';
import { channelFields, channelName, MOST_CHANNELS, properName, requireFits } from './channel-fields.ts';
import { wishedParent } from './channels.ts';

const getGuild = (call: Call) => {
  const guild = theGuild(call);
  const counts = {
    approximate_member_count: guild.members.size,
    approximate_presence_count: guild.members.size,
  };
  return ok({ ...shapeGuild(guild), ...(call.query.get('with_counts') === 'true' ? counts : {}) });
};

const guildForm = object({
  name: optional(text({ min: 2, max: 100 })),
  features: optional(list(oneOf('COMMUNITY', 'DISCOVERABLE', 'INVITES_DISABLED'))),
});

const changeGuild = (call: Call, guild: Guild, change: () => void) => {
  const before = shapeGuild(guild);
  change();
  const after = shapeGuild(guild);
  call.world.emit({ type: 'GUILD_UPDATE', to: { guild: guild.id }, data: after });
  record(call, guild, {
    action: ACTION.guildUpdate,
    targetId: guild.id,
    changes: differences(before, after),
  });
  return after;
};

const patchGuild = (call: Call) => {
  const guild = theGuildWith(call, BITS.MANAGE_GUILD);
  const { name, features } = parse(guildForm, call.body ?? {});
  // What opens a guild to the public is for its administrators.
  if (features && features.join() !== guild.features.join()) requireInGuild(call, guild, BITS.ADMINISTRATOR);
  return ok(
    changeGuild(call, guild, () => {
      guild.name = name ?? guild.name;
      guild.features = features ?? guild.features;
    }),
  );
};

const setMfa = (call: Call) => {
  const guild = theGuild(call);
  if (guild.ownerId !== call.actor.id) throw refuse('missingPermissions');
  const { level } = parse(object({ level: oneOf(0, 1) }), call.body);
  changeGuild(call, guild, () => {
    guild.mfaLevel = level;
  });
  return ok({ level });
};

const setWidget = (call: Call) => {
  const guild = theGuildWith(call, BITS.MANAGE_GUILD);
  const { enabled } = parse(object({ enabled: flag }), call.body);
  changeGuild(call, guild, () => {
    guild.widgetEnabled = enabled;
  });
  return ok({ enabled, channel_id: null });
};

const listChannels = (call: Call) => {
  const { world, actor } = call;
  const guild = theGuild(call);
  const seen = channelsOf(world, guild).filter((channel) => actor.bot || canView(world, channel, actor.id));
  return ok(seen.map((channel) => shapeChannel(world, channel)));
};

const newChannelForm = object({ ...channelFields, name: channelName });

const createChannel = (call: Call) => {
  const { world } = call;
  const guild = theGuildWith(call, BITS.MANAGE_CHANNELS);
  const wish = parse(newChannelForm, call.body);
  const type = wish.type ?? 0;
  requireFits(type, wish);
  const others = channelsOf(world, guild);
  if (others.length >= MOST_CHANNELS) throw refuse('tooManyChannels');
  const parent = wish.parent_id == null ? null : wishedParent(call, guild, wish.parent_id);
  const overwrites = wish.permission_overwrites
    ? readOverwrites(call, guild, wish.permission_overwrites, null)
    : copyOverwrites(parent?.overwrites ?? new Map());
  const channel = addChannel(world, {
    guildId: guild.id,
    type,
    name: properName(type, wish.name),
    parentId: parent?.id ?? null,
    overwrites,
    topic: wish.topic ?? null,
    position: wish.position ?? others.filter((other) => other.type === type).length,
    nsfw: wish.nsfw ?? false,
    slowmodeSeconds: wish.rate_limit_per_user ?? 0,
    userLimit: wish.user_limit ?? 0,
    bitrate: wish.bitrate ?? 64_000,
    rtcRegion: wish.rtc_region ?? null,
    videoQuality: wish.video_quality_mode ?? 1,
  });
  const shaped = shapeChannel(world, channel);
  record(call, guild, {
    action: ACTION.channelCreate,
    targetId: channel.id,
    changes: differences({}, shaped),
  });
  return created(shaped);
};

const places = list(
  object({
    id: snowflake,
    position: maybe(integer(0, 2 ** 31 - 1)),
    parent_id: maybe(snowflake),
    lock_permissions: maybe(flag),
  }),
);

const channelIn = (call: Call, guild: Guild, id: string): Channel => {
  const channel = call.world.channels.get(id);
  if (!channel || channel.guildId !== guild.id || channel.thread) throw refuse('unknownChannel');
  return channel;
};

const moveChannels = (call: Call) => {
  const guild = theGuildWith(call, BITS.MANAGE_CHANNELS);
  const moves = parse(places, call.body).map((place) => {
    const channel = channelIn(call, guild, place.id);
    if (place.parent_id === undefined) return { channel, place, parent: undefined };
    requireIn(call, channel, BITS.MANAGE_CHANNELS);
    if (place.lock_permissions) requireIn(call, channel, BITS.MANAGE_ROLES);
    return { channel, place, parent: place.parent_id && wishedParent(call, guild, place.parent_id) };
  });
  for (const { channel, place, parent } of moves)
    changeChannel(call.world, channel, {
      position: place.position ?? channel.position,
      ...(parent === undefined ? {} : { parentId: parent ? parent.id : null }),
      ...(parent && place.lock_permissions ? { overwrites: copyOverwrites(parent.overwrites) } : {}),
    });
  return noContent();
};

const wantedEntry = (call: Call, entry: AuditEntry): boolean => {
  const [userId, action, target] = ['user_id', 'action_type', 'target_id'].map((key) => call.query.get(key));
  return (
    (!userId || entry.actorId === userId) &&
    (!action || entry.action === Number(action)) &&
    (!target || entry.targetId === target)
  );
};

const getAuditLog = (call: Call) => {
  const guild = theGuild(call);
  requireInGuild(call, guild, BITS.VIEW_AUDIT_LOG);
  const entries = pageOf(
    guild.auditLog.filter((entry) => wantedEntry(call, entry)),
    call.query,
    { usual: 50, most: 100 },
  );
  const users = new Set(entries.flatMap((entry) => [entry.actorId, entry.targetId]));
  return ok({
    audit_log_entries: entries.map(shapeEntry),
    users: [...users].flatMap((id) => call.world.users.get(id ?? '') ?? []).map(shapeUser),
    integrations: [],
    webhooks: [],
    guild_scheduled_events: [],
    threads: [],
    application_commands: [],
    auto_moderation_rules: [],
  });
};

/** Routes of guilds. */
export const guildRoutes: Route[] = [
  { method: 'GET', path: '/guilds/:guild', query: ['with_counts'], handle: getGuild },
  { method: 'PATCH', path: '/guilds/:guild', handle: patchGuild },
  { method: 'POST', path: '/guilds/:guild/mfa', handle: setMfa },
  { method: 'PATCH', path: '/guilds/:guild/widget', handle: setWidget },
  { method: 'GET', path: '/guilds/:guild/channels', handle: listChannels },
  { method: 'POST', path: '/guilds/:guild/channels', handle: createChannel },
  { method: 'PATCH', path: '/guilds/:guild/channels', handle: moveChannels },
  {
    method: 'GET',
    path: '/guilds/:guild/audit-logs',
    query: ['user_id', 'target_id', 'action_type', 'before', 'after', 'limit'],
    handle: getAuditLog,
  },
];
