/** Keeps what a bot is told of an interaction: INTERACTION_CREATE with every field that Discord sends. */
import { channelPermissions } from '../permissions.ts';
import { shapeMember } from '../shape/member.ts';
import { shapeMessage } from '../shape/message.ts';
import { shapeUser } from '../shape/user.ts';
import type { Message } from '../world.ts';
import type { Interaction } from './ledger.ts';
import { type Place, partialChannel } from './resolve.ts';

const LOCALE = 'en-US';
const ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024;

/** Who installed the application where this happens: the guild, or nobody in a direct message. */
export const ownersOf = ({ guild }: Place): { [type: string]: string } => ({ '0': guild?.id ?? '0' });

const whoIn = ({ world, guild, channel, person }: Place): object => {
  const member = guild?.members.get(person.id);
  if (!guild || !member) return { user: shapeUser(person) };
  const permissions = channelPermissions(world, channel, person.id).toString();
  return {
    guild: { id: guild.id, locale: LOCALE, features: [] },
    guild_id: guild.id,
    guild_locale: LOCALE,
    member: { ...shapeMember(world, member), permissions },
  };
};

/** The event for the bot; `message` is the one whose component was used. */
export const payloadOf = (place: Place, it: Interaction, data: object, message: Message | null): object => ({
  id: it.id,
  application_id: it.applicationId,
  type: it.origin.type,
  token: it.token,
  version: 1,
  data,
  ...whoIn(place),
  channel: partialChannel(place, place.channel),
  channel_id: place.channel.id,
  ...(message ? { message: shapeMessage(place.world, message) } : {}),
  app_permissions: channelPermissions(place.world, place.channel, place.bot.id).toString(),
  locale: LOCALE,
  entitlements: [],
  authorizing_integration_owners: ownersOf(place),
  context: place.guild ? 0 : 1,
  attachment_size_limit: ATTACHMENT_SIZE_LIMIT,
});
