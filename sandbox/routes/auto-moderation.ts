// Keeps the routes of AutoMod rules.
import { requireInGuild, theGuildWith } from '../access.ts';
import { ACTION, record } from '../changes/audit-log.ts';
import {
  also,
  type Check,
  type Checked,
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
  variant,
  withoutNulls,
} from '../check/schema.ts';
import { ApiError, invalid, refuse } from '../errors.ts';
import { BITS } from '../permissions.ts';
import { type Call, noContent, ok, type Route } from '../route.ts';
import type { AutoModerationAction, AutoModerationRule, AutoModerationTrigger, Guild } from '../world.ts';

const MOST_OF_TRIGGER: Readonly<Record<number, number>> = { 1: 6, 3: 1, 4: 1, 5: 1 };

const expression: Check<string> = (value, report) => {
  text({ min: 1, max: 260 })(value, report);
  try {
    new RegExp(String(value));
  } catch {
    report.add('AUTO_MODERATION_INVALID_REGEX', 'Not a regular expression.');
  }
};

const words = (max: number) => maybe(list(text({ min: 1, max: 60 }), { max }));

const triggerFields = object({
  keyword_filter: words(1000),
  regex_patterns: maybe(list(expression, { max: 10 })),
  allow_list: words(1000),
  presets: maybe(list(oneOf(1, 2, 3))),
  mention_total_limit: maybe(integer(0, 50)),
  mention_raid_protection_enabled: maybe(flag),
});

/** What each trigger looks at; clients send the other fields along, empty. */
const meaningful: Readonly<Record<number, readonly string[]>> = {
  1: ['keyword_filter', 'regex_patterns', 'allow_list'],
  3: [],
  4: ['presets', 'allow_list'],
  5: ['mention_total_limit', 'mention_raid_protection_enabled'],
};

const isSaid = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));

const triggerFor = (type: number): Check<Checked<typeof triggerFields>> =>
  also(triggerFields, (it, report) => {
    for (const [key, value] of Object.entries(it))
      if (isSaid(value) && !meaningful[type]?.includes(key))
        report.at(key).add('UNKNOWN_FIELD', `This field means nothing for trigger type ${type}.`);
    if (type === 1 && (it.allow_list?.length ?? 0) > 100)
      report.at('allow_list').add('BASE_TYPE_MAX_LENGTH', 'Must be 100 or fewer in length.');
  });

const action = variant<unknown>('type', {
  1: object({ type: oneOf(1), metadata: maybe(object({ custom_message: maybe(text({ max: 150 })) })) }),
  2: object({ type: oneOf(2), metadata: object({ channel_id: snowflake }) }),
  3: object({ type: oneOf(3), metadata: object({ duration_seconds: integer(0, 2_419_200) }) }),
});

const shared = {
  enabled: maybe(flag),
  exempt_roles: maybe(list(snowflake, { max: 20 })),
  exempt_channels: maybe(list(snowflake, { max: 50 })),
};
const anyTrigger: Check<unknown> = () => undefined;
const newRule = object({
  ...shared,
  name: text({ min: 1, max: 100 }),
  event_type: oneOf(1),
  trigger_type: oneOf(1, 3, 4, 5),
  trigger_metadata: maybe(anyTrigger),
  actions: list(action, { min: 1, max: 5 }),
});
const changedRule = object({
  ...shared,
  name: optional(text({ min: 1, max: 100 })),
  event_type: optional(oneOf(1)),
  trigger_metadata: maybe(anyTrigger),
  actions: optional(list(action, { min: 1, max: 5 })),
});

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

const actionsOf = (given: readonly unknown[]): AutoModerationAction[] =>
  // The check has read each by its type, so only the optional metadata of a block may be missing.
  (given as AutoModerationAction[]).map((it) =>
    it.type === 1 ? { type: 1, metadata: it.metadata ?? {} } : it,
  );

// The check has read every field, and without its nulls what is left is the world's form.
const triggerOf = (type: number, given: unknown): AutoModerationTrigger =>
  withoutNulls(
    parse(object({ trigger_metadata: triggerFor(type) }), { trigger_metadata: given ?? {} }).trigger_metadata,
  ) as AutoModerationTrigger;

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
    throw new ApiError(400, 50035, 'Invalid Form Body', {
      trigger_type: {
        _errors: [{ code: 'AUTO_MODERATION_MAX_RULES_OF_TYPE_EXCEEDED', message: 'Too many rules.' }],
      },
    });
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
