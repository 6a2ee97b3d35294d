/** An invitation to Discord's own “Watch Together” in a voice room. */
import { DiscordAPIError, HTTPError } from 'discord.js';
import {
  type RESTPostAPIChannelInviteResult as Invite,
  type RESTPostAPIChannelInviteJSONBody as InviteBody,
  InviteTargetType,
  Routes,
} from 'discord-api-types/v10';
import { HOUR, SECOND } from '../../core/time.ts';
import type { Connected } from './client.ts';
import { insist } from './insist.ts';

/** The id under which Discord publishes it. */
export const WATCH_TOGETHER = '880218394199220334';

/**
 * Such an invitation also opens the server to whoever holds it, though none of its closed rooms: so it lasts for an hour,
 * and lets a stranger stay no longer than they are in the voice room.
 */
const bodyFor = (applicationId: string): InviteBody => ({
  max_age: HOUR / SECOND,
  max_uses: 0,
  temporary: true,
  unique: true,
  target_type: InviteTargetType.EmbeddedApplication,
  target_application_id: applicationId,
});

/** Its address; undefined when Discord gives none, for whatever reason: that is ordinary. */
export const inviteToWatch = async (
  { rest }: Connected,
  channelId: string,
  applicationId: string,
): Promise<{ readonly address: string } | undefined> => {
  const body = bodyFor(applicationId);
  try {
    // Discord's documented answer of this route.
    const { code } = (await insist(() => rest.post(Routes.channelInvites(channelId), { body }))) as Invite;
    return { address: `https://discord.gg/${code}` };
  } catch (cause) {
    if (cause instanceof DiscordAPIError || cause instanceof HTTPError) return undefined;
    throw cause;
  }
};
