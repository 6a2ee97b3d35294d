/** Keeps AutoMod at work: which rule a message meets, and what is done then. */
import { changeMember } from './changes/members.ts';
import { addMessage } from './changes/messages.ts';
import { refuse } from './errors.ts';
import { BITS, guildPermissions, has } from './permissions.ts';
import type { Call } from './rest/route.ts';
import type {
  AutoModerationAction,
  AutoModerationRule,
  Channel,
  Guild,
  Message,
  Snowflake,
} from './world.ts';

/** A rule that was met, and by what. */
type Hit = {
  readonly rule: AutoModerationRule;
  readonly keyword: string | null;
  readonly matched: string | null;
};

/** A keyword as an expression: a star at an end lets the word go on there. */
const patternOf = (keyword: string, flags = ''): RegExp => {
  const [, before = '', word = '', after = ''] = /^(\*?)(.*?)(\*?)$/s.exec(keyword) ?? [];
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const [start, end] = [before ? '' : '(?<![\\p{L}\\p{N}])', after ? '' : '(?![\\p{L}\\p{N}])'];
  return new RegExp(`${start}${literal}${end}`, `iu${flags}`);
};

const keywordHit = (rule: AutoModerationRule, content: string): Hit | null => {
  const { keyword_filter = [], regex_patterns = [], allow_list = [] } = rule.trigger;
  const rest = allow_list.reduce((text, allowed) => text.replaceAll(patternOf(allowed, 'g'), ' '), content);
  const patterns = [
    ...keyword_filter.map((keyword) => ({ keyword, pattern: patternOf(keyword) })),
    ...regex_patterns.map((keyword) => ({ keyword, pattern: new RegExp(keyword, 'i') })),
  ];
  for (const { keyword, pattern } of patterns) {
    const matched = pattern.exec(rest)?.[0];
    if (matched !== undefined) return { rule, keyword, matched };
  }
  return null;
};

const mentionHit = (rule: AutoModerationRule, content: string): Hit | null => {
  const mentions = new Set([...content.matchAll(/<@[!&]?(\d+)>/g)].map((match) => match[1]));
  return mentions.size > (rule.trigger.mention_total_limit ?? 0)
    ? { rule, keyword: null, matched: null }
    : null;
};

// Spam and Discord's own word sets are models and lists that nobody outside has: their rules stand and never meet.
const hitOf = (rule: AutoModerationRule, content: string): Hit | null => {
  if (rule.triggerType === 1) return keywordHit(rule, content);
  return rule.triggerType === 5 ? mentionHit(rule, content) : null;
};

const exempt = (call: Call, guild: Guild, channel: Channel, rule: AutoModerationRule): boolean =>
  !rule.enabled ||
  rule.exemptChannels.includes(channel.id) ||
  rule.exemptRoles.some((id) => guild.members.get(call.actor.id)?.roles.has(id));

const hitsOn = (call: Call, guild: Guild, channel: Channel, content: string): Hit[] => {
  // Bots and those who manage the guild are never moderated.
  if (call.actor.bot || has(guildPermissions(call.world, guild, call.actor.id), BITS.MANAGE_GUILD)) return [];
  return [...guild.autoModeration.values()]
    .filter((rule) => !exempt(call, guild, channel, rule))
    .flatMap((rule) => hitOf(rule, content) ?? []);
};

const postAlert = (
  call: Call,
  channelId: Snowflake,
  { rule, keyword }: Hit,
  content: string,
): Message | null => {
  if (!call.world.channels.has(channelId)) return null;
  const fields = [
    { name: 'rule_name', value: rule.name, inline: false },
    { name: 'keyword', value: keyword ?? '', inline: false },
  ];
  const embed = { type: 'auto_moderation_message', description: content, fields };
  return addMessage(call.world, {
    channelId,
    authorId: call.actor.id,
    type: 24,
    // The type of these embeds is Discord's own and in no list of types.
    embeds: [embed as object],
    allowedMentions: { parse: [] },
  });
};

type Place = { readonly guild: Guild; readonly channel: Channel; readonly content: string };

const execute = (
  call: Call,
  place: Place,
  hit: Hit,
  action: AutoModerationAction,
  message: Message | null,
): void => {
  const { world, actor, now } = call;
  const { guild, channel, content } = place;
  const member = guild.members.get(actor.id);
  const alert = action.type === 2 ? postAlert(call, action.metadata.channel_id, hit, content) : null;
  if (action.type === 3 && member)
    changeMember(world, guild, member, { timeoutUntil: now + action.metadata.duration_seconds * 1000 });
  world.emit({
    type: 'AUTO_MODERATION_ACTION_EXECUTION',
    to: { guild: guild.id, needs: BITS.MANAGE_GUILD },
    data: (_, readsContent) => ({
      guild_id: guild.id,
      action,
      rule_id: hit.rule.id,
      rule_trigger_type: hit.rule.triggerType,
      user_id: actor.id,
      channel_id: channel.id,
      ...(message ? { message_id: message.id } : {}),
      ...(alert ? { alert_system_message_id: alert.id } : {}),
      content: readsContent ? content : '',
      matched_keyword: hit.keyword,
      matched_content: readsContent ? hit.matched : '',
    }),
  });
};

/**
 * Looks at what a person is about to say. A rule that blocks is carried out and refuses (400/200000);
 * else what comes back carries out the other rules once the message stands.
 */
export const moderate = (call: Call, channel: Channel, content: string): ((message: Message) => void) => {
  const guild = call.world.guilds.get(channel.guildId ?? '');
  if (!guild) return () => undefined;
  const place = { guild, channel, content };
  const hits = hitsOn(call, guild, channel, content);
  const act = (message: Message | null) => {
    for (const hit of hits) for (const action of hit.rule.actions) execute(call, place, hit, action, message);
  };
  if (!hits.some(({ rule }) => rule.actions.some(({ type }) => type === 1))) return act;
  act(null);
  throw refuse('blockedByAutoModeration');
};
