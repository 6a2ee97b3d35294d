/** Keeps what a body may say of an AutoMod rule, by the type of its trigger. */
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
import type { AutoModerationAction, AutoModerationTrigger } from '../world.ts';

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
/** A new rule. */
export const newRule = object({
  ...shared,
  name: text({ min: 1, max: 100 }),
  event_type: oneOf(1),
  trigger_type: oneOf(1, 3, 4, 5),
  trigger_metadata: maybe(anyTrigger),
  actions: list(action, { min: 1, max: 5 }),
});
/** Changes to a rule. */
export const changedRule = object({
  ...shared,
  name: optional(text({ min: 1, max: 100 })),
  event_type: optional(oneOf(1)),
  trigger_metadata: maybe(anyTrigger),
  actions: optional(list(action, { min: 1, max: 5 })),
});

/** Actions as the world keeps them. */
export const actionsOf = (given: readonly unknown[]): AutoModerationAction[] =>
  // The check has read each by its type, so only the optional metadata of a block may be missing.
  (given as AutoModerationAction[]).map((it) =>
    it.type === 1 ? { type: 1, metadata: it.metadata ?? {} } : it,
  );

/** The trigger of a body, read for its type; 400/50035 when a field means nothing for it. */
export const triggerOf = (type: number, given: unknown): AutoModerationTrigger =>
  // The check has read every field, and without its nulls what is left is the world's form.
  withoutNulls(
    parse(object({ trigger_metadata: triggerFor(type) }), { trigger_metadata: given ?? {} }).trigger_metadata,
  ) as AutoModerationTrigger;
