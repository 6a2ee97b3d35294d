/** Takes away what leads into a room from outside: nobody but those who belong there writes or comes in. */
import { DiscordAPIError, Routes } from 'discord.js';
import { strangeInvites, webhooksOf } from './audit-rooms.ts';
import type { Connected } from './client.ts';
import { insist } from './insist.ts';
import { serverNow } from './server-now.ts';

/** Stands in the server's audit log beside what was taken away. */
const REASON = 'The rooms of a group, as Hearth keeps them';

/** How many could be taken away; what is gone already, or may not be taken away, does not count. */
const takeAwayAll = async ({ rest }: Connected, routes: readonly `/${string}`[]): Promise<number> => {
  let taken = 0;
  for (const route of routes) {
    try {
      await insist(() => rest.delete(route, { reason: REASON }));
      taken += 1;
    } catch (cause) {
      if (!(cause instanceof DiscordAPIError) || cause.status >= 500) throw cause;
    }
  }
  return taken;
};

/** Invitations that are not Hearth's own, and webhooks, where the server lets Hearth manage them. */
export const shutRoom = async (
  client: Connected,
  guildId: string,
  channelId: string,
): Promise<{ readonly invitations: number; readonly webhooks: number }> => {
  const server = await serverNow(client, guildId);
  const held = server?.guild.channels.resolve(channelId)?.permissionsFor(server.me).bitfield ?? 0n;
  const invites = await strangeInvites(client, channelId);
  const webhooks = (await webhooksOf(client, channelId, held)) ?? [];
  return {
    invitations: await takeAwayAll(
      client,
      invites.map((code) => Routes.invite(code)),
    ),
    webhooks: await takeAwayAll(
      client,
      webhooks.map((id) => Routes.webhook(id)),
    ),
  };
};
