/** Keeps the routes of AutoMod rules. */
import { requireInGuild, theGuildWith } from '../access.ts';
import { ACTION, record } from '../changes/audit-log.ts';
import { type Checked, parse } from '../check/schema.ts';
import { invalid, refuse } from '../errors.ts';
import { BITS } from '../permissions.ts';
import { type Call, noContent, ok, type Route } from '../rest/route.ts';
import type { AutoModerationRule, AutoModerationTrigger, Guild } from '../world.ts';
import { actionsOf, changedRule, newRule, triggerOf } from './auto-moderation-form.ts';

const MOST_OF_TRIGGER: Readonly<Record<number, number>> = { 1: 6, 3: 1, 4: 1, 5: 1 };

const shownTrigger = ({ triggerType, trigger }: AutoModerationRule): AutoModerationTrigger => {
  const { keyword_filter = [], regex_patterns = [], allow_list = [], presets = [] } = trigger;
  const { mention_total_limit = 0, mention_raid_protection_enabled = false } = trigger;
  if (triggerType === 1) return { keyword_filter, regex_patterns, allow_list };
  if (triggerType === 4) return { presets, allow_list };
  return triggerType === 5 ? { mention_total_limit, mention_raid_protection_enabled } : {};
};

const shapeRule = (rule: AutoModerationRule) => ({
  id: rule.id,
  guild_id: rule.guildId,
  creator_id: rule.creatorId,
  name: rule.name,
  event_type: 1,
  trigger_type: rule.triggerType,
  trigger_metadata: shownTrigger(rule),
  actions: rule.actions,
  enabled: rule.enabled,
  exempt_roles: rule.exemptRoles,
  exempt_channels: rule.exemptChannels,
});

const tell = ({ world }: Call, rule: AutoModerationRule, type: string): void =>
  world.emit({ type, to: { guild: rule.guildId, needs: BITS.MANAGE_GUILD }, data: shapeRule(rule) });

const requireSound = (call: Call, guild: Guild, rule: AutoModerationRule): void => {
  for (const { type, metadata } of rule.actions) {
    if (type === 2 && call.world.channels.get(metadata.channel_id)?.guildId !== guild.id)
      throw invalid(['actions'], 'CHANNEL_NOT_FOUND', 'Unknown channel');
    if (type !== 3) continue;
    requireInGuild(call, guild, BITS.MODERATE_MEMBERS);
    if (rule.triggerType !== 1 && rule.triggerType !== 5)
      throw invalid(['actions'], 'AUTO_MODERATION_INVALID_ACTION', 'No timeout for this trigger.');
  }
};

const exemptions = (it: Pick<Checked<typeof newRule>, 'exempt_roles' | 'exempt_channels'>) => ({
  ...(it.exempt_roles == null ? {} : { exemptRoles: it.exempt_roles }),
  ...(it.exempt_channels == null ? {} : { exemptChannels: it.exempt_channels }),
});

const createRule = (call: Call) => {
  const guild = theGuildWith(call, BITS.MANAGE_GUILD);
  const wish = parse(newRule, call.body);
  const alike = [...guild.autoModeration.values()].filter((rule) => rule.triggerType === wish.trigger_type);
  if (alike.length >= (MOST_OF_TRIGGER[wish.trigger_type] ?? 0))
    throw invalid(
      ['trigger_type'],
      'AUTO_MODERATION_MAX_RULES_OF_TYPE_EXCEEDED',
      'Too many rules of this type.',
    );
  const rule: AutoModerationRule = {
    id: call.world.newId(),
    guildId: guild.id,
    creatorId: call.actor.id,
    name: wish.name,
    enabled: wish.enabled ?? false,
    triggerType: wish.trigger_type,
    trigger: triggerOf(wish.trigger_type, wish.trigger_metadata),
    actions: actionsOf(wish.actions),
    exemptRoles: [],
    exemptChannels: [],
    ...exemptions(wish),
  };
  requireSound(call, guild, rule);
  guild.autoModeration.set(rule.id, rule);
  tell(call, rule, 'AUTO_MODERATION_RULE_CREATE');
  record(call, guild, { action: ACTION.autoModerationCreate, targetId: rule.id });
  return ok(shapeRule(rule));
};

const theRule = (call: Call, guild: Guild): AutoModerationRule => {
  const rule = guild.autoModeration.get(call.param('rule'));
  if (!rule) throw refuse('unknownAutoModerationRule');
  return rule;
};

const patchRule = (call: Call) => {
  const guild = theGuildWith(call, BITS.MANAGE_GUILD);
  const rule = theRule(call, guild);
  const wish = parse(changedRule, call.body ?? {});
  const trigger =
    wish.trigger_metadata == null ? rule.trigger : triggerOf(rule.triggerType, wish.trigger_metadata);
  const after: AutoModerationRule = {
    ...rule,
    name: wish.name ?? rule.name,
    enabled: wish.enabled ?? rule.enabled,
    trigger,
    actions: wish.actions ? actionsOf(wish.actions) : rule.actions,
    ...exemptions(wish),
  };
  requireSound(call, guild, after);
  guild.autoModeration.set(rule.id, after);
  tell(call, after, 'AUTO_MODERATION_RULE_UPDATE');
  record(call, guild, { action: ACTION.autoModerationUpdate, targetId: rule.id });
  return ok(shapeRule(after));
};

const deleteRule = (call: Call) => {
  const guild = theGuildWith(call, BITS.MANAGE_GUILD);
  const rule = theRule(call, guild);
  guild.autoModeration.delete(rule.id);
  tell(call, rule, 'AUTO_MODERATION_RULE_DELETE');
  record(call, guild, { action: ACTION.autoModerationDelete, targetId: rule.id });
  return noContent();
};

const listRules = (call: Call) =>
  ok([...theGuildWith(call, BITS.MANAGE_GUILD).autoModeration.values()].map(shapeRule));

const getRule = (call: Call) => ok(shapeRule(theRule(call, theGuildWith(call, BITS.MANAGE_GUILD))));

const many = '/guilds/:guild/auto-moderation/rules';

/** Routes of AutoMod rules. */
export const autoModerationRoutes: Route[] = [
  { method: 'GET', path: many, handle: listRules },
  { method: 'POST', path: many, handle: createRule },
  { method: 'GET', path: `${many}/:rule`, handle: getRule },
  { method: 'PATCH', path: `${many}/:rule`, handle: patchRule },
  { method: 'DELETE', path: `${many}/:rule`, handle: deleteRule },
];
