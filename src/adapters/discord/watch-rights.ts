/**
 * Notices what may let somebody into rooms beside the rooms themselves: roles, settings of the server, its owner, and
 * invitations, threads and webhooks. Who is given which role Discord tells a bot without a privileged intent by the audit
 * log alone, and only where the server lets it view that; another bot comes with a role of its own.
 */
import { AuditLogEvent, type Client, Events } from 'discord.js';

/** Tells of the server; by whose hand, and whether it matters, only a look at the rooms can tell. */
export const watchRights = (client: Client, touched: (guildId: string) => void): void => {
  client.on(Events.GuildRoleCreate, ({ guild }) => touched(guild.id));
  client.on(Events.GuildRoleUpdate, (before, { guild, permissions, name }) => {
    if (before.name !== name || !before.permissions.equals(permissions)) touched(guild.id);
  });
  client.on(Events.GuildRoleDelete, ({ guild }) => touched(guild.id));
  client.on(Events.GuildUpdate, (_before, { id }) => touched(id));
  client.on(Events.InviteCreate, ({ guild }) => {
    if (guild) touched(guild.id);
  });
  client.on(Events.ThreadCreate, ({ guildId }) => touched(guildId));
  client.on(Events.ThreadUpdate, (_before, { guildId }) => touched(guildId));
  client.on(Events.ThreadDelete, ({ guildId }) => touched(guildId));
  client.on(Events.GuildAuditLogEntryCreate, ({ action }, { id }) => {
    if (action === AuditLogEvent.MemberRoleUpdate) touched(id);
  });
  client.on(Events.WebhooksUpdate, ({ guildId }) => touched(guildId));
};
