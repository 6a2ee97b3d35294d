/** Keeps who gets which event: addressed to it, on its shard, within its intents, and of a channel that it may view. */
import { canView, guildPermissions, has } from '../permissions.ts';
import { shapeChannel } from '../shape/channel.ts';
import { channelsOf, shapeGuildCreate } from '../shape/guild.ts';
import { shapeVoiceState } from '../shape/member.ts';
import type { Channel, Dispatch, Guild, Snowflake, World } from '../world.ts';
import { bringsMembers, passes, readsContent } from './intents.ts';
import { onShard, type Session, send } from './session.ts';

const guildIdOf = ({ to, data }: Dispatch): Snowflake | null => {
  if ('guild' in to) return to.guild;
  const id: unknown = typeof data === 'function' ? undefined : Reflect.get(data, 'guild_id');
  return typeof id === 'string' ? id : null;
};

const addressed = (world: World, session: Session, { to }: Dispatch): boolean => {
  const userId = session.user.id;
  if ('users' in to) return to.users.includes(userId) && (to.session ?? session.id) === session.id;
  const guild = world.guilds.get(to.guild);
  if (!guild?.members.has(userId)) return false;
  if (to.needs !== undefined && !has(guildPermissions(world, guild, userId), to.needs)) return false;
  const channel = to.channel === undefined ? undefined : world.channels.get(to.channel);
  return to.channel === undefined || (channel !== undefined && canView(world, channel, userId));
};

const isAboutSelf = (session: Session, { type }: Dispatch, data: object): boolean =>
  type === 'GUILD_MEMBER_UPDATE' && Reflect.get(Object(Reflect.get(data, 'user')), 'id') === session.user.id;

const dataFor = (session: Session, { data }: Dispatch): object =>
  typeof data === 'function'
    ? data(session.user, session.intents === null || readsContent(session.intents))
    : data;

const passesIntents = (session: Session, dispatch: Dispatch, data: object): boolean => {
  if (session.intents === null || isAboutSelf(session, dispatch, data)) return true;
  const guildId = guildIdOf(dispatch) ?? Reflect.get(data, 'guild_id');
  // A guild's own events name it by id.
  const inGuild = typeof guildId === 'string' || dispatch.type.startsWith('GUILD_');
  return passes(session.intents, dispatch.type, inGuild);
};

const forward = (world: World, session: Session, dispatch: Dispatch): void => {
  if (!addressed(world, session, dispatch)) return;
  const guildId = guildIdOf(dispatch);
  if (guildId !== null && !onShard(session, guildId)) return;
  const data = dataFor(session, dispatch);
  if (passesIntents(session, dispatch, data)) send(session, dispatch.type, data);
};

/** Sends a guild as a session may see it, and remembers which channels it knows by that. */
export const sendGuild = (world: World, session: Session, guild: Guild): void => {
  if (!onShard(session, guild.id)) return;
  remember(world, session, guild);
  if (session.intents !== null && !passes(session.intents, 'GUILD_CREATE', true)) return;
  const withMembers = session.intents === null || bringsMembers(session.intents);
  send(session, 'GUILD_CREATE', shapeGuildCreate(world, guild, session.user, withMembers));
};

const visibleIn = (world: World, session: Session, guild: Guild) =>
  channelsOf(world, guild).filter((channel) => canView(world, channel, session.user.id));

const remember = (world: World, session: Session, guild: Guild): void => {
  for (const channel of visibleIn(world, session, guild)) session.known.add(channel.id);
};

const sendAppearance = (world: World, session: Session, guild: Guild, channel: Channel): void => {
  send(session, 'CHANNEL_CREATE', shapeChannel(world, channel));
  for (const state of guild.voiceStates.values())
    if (state.channelId === channel.id && state.userId !== session.user.id)
      send(session, 'VOICE_STATE_UPDATE', shapeVoiceState(world, guild, state));
};

// After any of these a client may see more or less than before.
const CHANGES_VIEW =
  /^(CHANNEL_(CREATE|UPDATE)|GUILD_ROLE_(UPDATE|DELETE)|GUILD_MEMBER_UPDATE|GUILD_UPDATE)$/;

const mayChangeView = (session: Session, dispatch: Dispatch, guild: Guild): boolean => {
  const { type, data } = dispatch;
  if (!guild.members.has(session.user.id) || !CHANGES_VIEW.test(type)) return false;
  // What befalls another member changes nothing in what one may view oneself.
  return type !== 'GUILD_MEMBER_UPDATE' || isAboutSelf(session, dispatch, data);
};

/**
 * Brings what a session knows up to date. A person's client is told of channels that appear and vanish
 * as if they were made and deleted; a bot has known them since GUILD_CREATE.
 */
const refreshView = (world: World, session: Session, guild: Guild): void => {
  const visible = new Map(visibleIn(world, session, guild).map((channel) => [channel.id, channel]));
  for (const id of [...session.known]) {
    const channel = world.channels.get(id);
    if (visible.has(id) || (channel && channel.guildId !== guild.id)) continue;
    session.known.delete(id);
    if (channel && !session.user.bot) send(session, 'CHANNEL_DELETE', shapeChannel(world, channel));
  }
  for (const [id, channel] of visible) {
    if (session.known.has(id)) continue;
    session.known.add(id);
    if (!session.user.bot) sendAppearance(world, session, guild, channel);
  }
};

// A person who could not view a channel before, or cannot now, hears of it by refreshView alone; a bot hears
// of the change that gave or took its view.
const forwardChannelUpdate = (world: World, session: Session, dispatch: Dispatch): void => {
  if (!('channel' in dispatch.to) || dispatch.to.channel === undefined) return;
  const knew = session.known.has(dispatch.to.channel);
  if (session.user.bot && knew) forward(world, session, { ...dispatch, to: { users: [session.user.id] } });
  else if (session.user.bot || knew) forward(world, session, dispatch);
};

/** Gives an event to one session if it may have it. */
export const deliver = (world: World, session: Session, dispatch: Dispatch): void => {
  const { type, to } = dispatch;
  const guild = 'guild' in to ? world.guilds.get(to.guild) : undefined;
  if (type === 'GUILD_CREATE') deliverGuild(world, session, dispatch);
  else if (type === 'CHANNEL_UPDATE') forwardChannelUpdate(world, session, dispatch);
  else if (type !== 'CHANNEL_CREATE' || session.user.bot || !guild) forward(world, session, dispatch);
  if (type === 'CHANNEL_DELETE' && 'channel' in to && to.channel !== undefined)
    session.known.delete(to.channel);
  if (guild && mayChangeView(session, dispatch, guild)) refreshView(world, session, guild);
};

const deliverGuild = (world: World, session: Session, { to, data }: Dispatch): void => {
  const guild = world.guilds.get(String(Reflect.get(data, 'id')));
  if (guild && 'users' in to && to.users.includes(session.user.id)) sendGuild(world, session, guild);
};
