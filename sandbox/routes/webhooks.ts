/** Keeps the routes of webhooks: made, listed and taken away by those who may manage them; nothing is sent by one here. */
import { randomBytes } from 'node:crypto';
import { guildOf, requireIn, theChannelWith } from '../access.ts';
import { ACTION, record } from '../changes/audit-log.ts';
import { object, parse, text } from '../check/schema.ts';
import { invalid, refuse } from '../errors.ts';
import { BITS } from '../permissions.ts';
import { type Call, noContent, ok, type Route } from '../rest/route.ts';
import { shapeUser } from '../shape/user.ts';
import type { Channel, Guild, Webhook, World } from '../world.ts';

const MOST_WEBHOOKS = 15;

const shapeWebhook = (world: World, guild: Guild, webhook: Webhook) => {
  const creator = world.users.get(webhook.creatorId);
  return {
    id: webhook.id,
    type: 1,
    guild_id: guild.id,
    channel_id: webhook.channelId,
    ...(creator ? { user: shapeUser(creator) } : {}),
    name: webhook.name,
    avatar: null,
    token: webhook.token,
    application_id: null,
  };
};

/** Discord does not say who is told; here it is nobody who could not see the webhooks themselves. */
const tell = ({ world }: Call, guild: Guild, channelId: string): void =>
  world.emit({
    type: 'WEBHOOKS_UPDATE',
    to: { guild: guild.id, channel: channelId, needs: BITS.MANAGE_WEBHOOKS },
    data: { guild_id: guild.id, channel_id: channelId },
  });

const inChannel = (guild: Guild, channel: Channel): Webhook[] =>
  [...guild.webhooks.values()].filter(({ channelId }) => channelId === channel.id);

const createWebhook = (call: Call) => {
  const channel = theChannelWith(call, BITS.MANAGE_WEBHOOKS);
  if (channel.type === 4 || channel.thread) throw refuse('wrongChannelType');
  const guild = guildOf(call, channel);
  const { name } = parse(object({ name: text({ min: 1, max: 80 }) }), call.body);
  if (/clyde|discord/i.test(name))
    throw invalid(['name'], 'USERNAME_INVALID_CONTAINS', 'Username cannot contain that.');
  if (inChannel(guild, channel).length >= MOST_WEBHOOKS) throw refuse('tooManyWebhooks');
  const webhook: Webhook = {
    id: call.world.newId(),
    channelId: channel.id,
    creatorId: call.actor.id,
    name,
    token: randomBytes(24).toString('base64url'),
  };
  guild.webhooks.set(webhook.id, webhook);
  tell(call, guild, channel.id);
  record(call, guild, { action: ACTION.webhookCreate, targetId: webhook.id });
  return ok(shapeWebhook(call.world, guild, webhook));
};

const listWebhooks = (call: Call) => {
  const channel = theChannelWith(call, BITS.MANAGE_WEBHOOKS);
  const guild = guildOf(call, channel);
  return ok(inChannel(guild, channel).map((webhook) => shapeWebhook(call.world, guild, webhook)));
};

const deleteWebhook = (call: Call) => {
  for (const guild of call.world.guilds.values()) {
    const webhook = guild.webhooks.get(call.param('webhook'));
    const channel = webhook && call.world.channels.get(webhook.channelId);
    if (!channel) continue;
    requireIn(call, channel, BITS.MANAGE_WEBHOOKS);
    guild.webhooks.delete(webhook.id);
    tell(call, guild, channel.id);
    record(call, guild, { action: ACTION.webhookDelete, targetId: webhook.id });
    return noContent();
  }
  throw refuse('unknownWebhook');
};

/** Routes of webhooks. */
export const webhookRoutes: Route[] = [
  { method: 'POST', path: '/channels/:channel/webhooks', handle: createWebhook },
  { method: 'GET', path: '/channels/:channel/webhooks', handle: listWebhooks },
  { method: 'DELETE', path: '/webhooks/:webhook', handle: deleteWebhook },
];
