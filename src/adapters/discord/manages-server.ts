/**
 * Whether somebody may manage a server, by the roles that they bear there.
 *
 * An interaction tells what its author may do in its channel, overwrites included; and whoever may set the overwrites of
 * one channel may have put a bit into them that means nothing in a channel, but would open every group here.
 */
import { PermissionFlagsBits as Bit, type Client } from 'discord.js';

/** A member, as an interaction tells of them. */
export interface Bearer {
  readonly user: { readonly id: string };
  readonly roles: readonly string[];
}

const MAY_MANAGE = Bit.ManageGuild | Bit.Administrator;

/** For the servers that the client sees; in another one nobody manages anything. */
export const managesServer =
  (client: Client) =>
  (guildId: string, { user, roles }: Bearer): boolean => {
    const guild = client.guilds.cache.get(guildId);
    if (!guild) return false;
    if (guild.ownerId === user.id) return true;
    return [guildId, ...roles].some((id) => guild.roles.cache.get(id)?.permissions.any(MAY_MANAGE, false));
  };
