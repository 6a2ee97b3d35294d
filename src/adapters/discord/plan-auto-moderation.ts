/** The fewest changes from the AutoMod rules that a server has to those that it ought to have. */
import { isDeepStrictEqual } from 'node:util';
import { MOST_MENTIONED, RULE_KINDS, type RuleKind } from '../../core/auto-moderation.ts';
import type { RuleWords } from '../../ports/auto-moderation.ts';

/** A rule as Discord tells of it, as far as it matters here. */
export interface RuleNow {
  readonly id: string;
  readonly creator_id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly trigger_type: number;
  readonly trigger_metadata: object;
  readonly actions: readonly object[];
  readonly exempt_roles: readonly string[];
  readonly exempt_channels: readonly string[];
}

export type RuleWish = Omit<RuleNow, 'id' | 'creator_id' | 'exempt_roles'> & {
  readonly event_type: 1;
  readonly exempt_roles: readonly [];
};

/** Discord's types of triggers, what each looks for, and how many rules of the type a server may have. */
const TRIGGERS: Readonly<
  Record<RuleKind, { readonly type: number; readonly metadata: object; readonly most: number }>
> = {
  invitations: {
    type: 1,
    metadata: {
      keyword_filter: [],
      regex_patterns: ['discord(?:app)?\\.(?:gg|com/invite)/'],
      allow_list: [],
    },
    most: 6,
  },
  mentions: {
    type: 5,
    metadata: { mention_total_limit: MOST_MENTIONED, mention_raid_protection_enabled: false },
    most: 1,
  },
  // Of Discord's lists the one of slurs alone: people swear, and speak of what was done to them.
  insults: { type: 4, metadata: { presets: [3], allow_list: [] }, most: 1 },
};

/** For all rooms but those that are exempt. */
export interface RulesWanted {
  readonly exempt: readonly string[];
  readonly shownIn?: string | undefined;
  readonly words: RuleWords;
}

const wishOf = (kind: RuleKind, { exempt, shownIn, words }: RulesWanted): RuleWish => ({
  name: words.names[kind],
  event_type: 1,
  enabled: true,
  trigger_type: TRIGGERS[kind].type,
  trigger_metadata: TRIGGERS[kind].metadata,
  actions: [
    { type: 1, metadata: { custom_message: words.stopped } },
    ...(shownIn === undefined ? [] : [{ type: 2, metadata: { channel_id: shownIn } }]),
  ],
  exempt_roles: [],
  exempt_channels: exempt.toSorted(),
});

const FACETS = ['name', 'enabled', 'trigger_metadata', 'actions', 'exempt_roles'] as const;

const isAsWished = (rule: RuleNow, wish: RuleWish): boolean =>
  FACETS.every((facet) => isDeepStrictEqual(rule[facet], wish[facet])) &&
  isDeepStrictEqual(rule.exempt_channels.toSorted(), wish.exempt_channels);

export interface RulePlan {
  readonly make: readonly RuleWish[];
  readonly change: readonly { readonly id: string; readonly wish: RuleWish }[];
  readonly remove: readonly string[];
  /** Left to the server's own rules. */
  readonly left: readonly RuleKind[];
}

const EMPTY: RulePlan = { make: [], change: [], remove: [], left: [] };

const planOne = (kind: RuleKind, rules: readonly RuleNow[], own: string, wanted: RulesWanted): RulePlan => {
  const { type, most } = TRIGGERS[kind];
  const alike = rules.filter(({ trigger_type }) => trigger_type === type);
  const [first, ...twice] = alike.filter(({ creator_id }) => creator_id === own);
  if (!first) {
    return alike.length < most ? { ...EMPTY, make: [wishOf(kind, wanted)] } : { ...EMPTY, left: [kind] };
  }
  const wish = wishOf(kind, wanted);
  return {
    ...EMPTY,
    change: isAsWished(first, wish) ? [] : [{ id: first.id, wish }],
    remove: twice.map(({ id }) => id),
  };
};

/** Rules that others made are never touched; without a wish all of Hearth's own go. */
export const planAutoModeration = (
  rules: readonly RuleNow[],
  own: string,
  wanted: RulesWanted | undefined,
): RulePlan => {
  if (!wanted) {
    const remove = rules.filter(({ creator_id }) => creator_id === own).map(({ id }) => id);
    return { ...EMPTY, remove };
  }
  const plans = RULE_KINDS.map((kind) => planOne(kind, rules, own, wanted));
  return {
    make: plans.flatMap(({ make }) => make),
    change: plans.flatMap(({ change }) => change),
    remove: plans.flatMap(({ remove }) => remove),
    left: plans.flatMap(({ left }) => left),
  };
};
