/** Keeps Hearth's own AutoMod rules in Discord. */
import { PermissionFlagsBits as Bit, ChannelType, type Client, Events, type Guild, Routes } from 'discord.js';
import { MOST_EXEMPT } from '../../core/auto-moderation.ts';
import type { AutoModerationRules } from '../../ports/auto-moderation.ts';
import { attempt } from './attempt.ts';
import type { Connected } from './client.ts';
import { insist } from './insist.ts';
import { missingFrom } from './permissions.ts';
import { planAutoModeration, type RuleNow } from './plan-auto-moderation.ts';
import { type ServerNow, serverNow } from './server-now.ts';

/** Stands in the server's audit log. */
const REASON = 'Rules for the rooms of a group, as Hearth keeps them';

/** Every other room in which somebody could write. */
const othersIn = ({ channels }: Guild, channelIds: readonly string[]): readonly string[] =>
  channels.cache
    .filter((channel) => channel.type !== ChannelType.GuildCategory && !channel.isThread())
    .filter(({ id }) => !channelIds.includes(id))
    .map(({ id }) => id);

const lacking = ({ me }: ServerNow): readonly string[] =>
  missingFrom(me.permissions.bitfield, Bit.ManageGuild);

const carryOut = async (
  { rest }: Connected,
  guildId: string,
  { make, change, remove }: ReturnType<typeof planAutoModeration>,
): Promise<void> => {
  const reason = REASON;
  for (const id of remove)
    await insist(() => rest.delete(Routes.guildAutoModerationRule(guildId, id), { reason }));
  for (const { id, wish } of change) {
    const { trigger_type: _type, ...body } = wish;
    await insist(() => rest.patch(Routes.guildAutoModerationRule(guildId, id), { body, reason }));
  }
  // Never insisted on: one of which the answer was lost is found by the next attempt, not made twice by this one.
  for (const body of make) await rest.post(Routes.guildAutoModerationRules(guildId), { body, reason });
};

/** The port, over Discord. */
export const discordAutoModeration = (connected: Promise<Connected>): AutoModerationRules => ({
  prospect: async (guildId, channelIds) => {
    const server = await serverNow(await connected, guildId);
    return server && { missing: lacking(server), otherRooms: othersIn(server.guild, channelIds).length };
  },
  bring: async (guildId, rooms, words) => {
    const client = await connected;
    const server = await serverNow(client, guildId);
    if (!server) return { did: 'gone' };
    const missing = lacking(server);
    if (missing.length > 0) return { did: 'forbidden', missing };
    const exempt = othersIn(server.guild, rooms?.channelIds ?? []);
    const wanted =
      rooms && exempt.length <= MOST_EXEMPT ? { exempt, shownIn: rooms.shownIn, words } : undefined;
    return attempt(
      async () => {
        // Discord's documented answer of this route.
        const rules = (await insist(() =>
          client.rest.get(Routes.guildAutoModerationRules(guildId)),
        )) as readonly RuleNow[];
        const plan = planAutoModeration(rules, client.user.id, wanted);
        await carryOut(client, guildId, plan);
        return plan.left;
      },
      async () => missingFrom(0n, Bit.ManageGuild),
    );
  },
});

/** Notices that rules, or the rooms that are exempt from them, are not as they were. */
export const watchAutoModeration = (client: Client, touched: (guildId: string) => void): void => {
  client.on(Events.AutoModerationRuleCreate, ({ guild }) => touched(guild.id));
  client.on(Events.AutoModerationRuleUpdate, (_before, { guild }) => touched(guild.id));
  client.on(Events.AutoModerationRuleDelete, ({ guild }) => touched(guild.id));
  client.on(Events.ChannelCreate, ({ guildId }) => touched(guildId));
  client.on(Events.ChannelDelete, (channel) => {
    if (!channel.isDMBased()) touched(channel.guildId);
  });
};
