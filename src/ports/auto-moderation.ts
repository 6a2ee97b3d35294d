/** Rules by which Discord itself stops messages. */
import type { ModeratedRooms, RuleKind } from '../core/auto-moderation.ts';
import type { Attempt } from './rooms.ts';

/** What people read of the rules: their names, and what whoever wrote a message that was stopped is told. */
export interface RuleWords {
  readonly names: Readonly<Record<RuleKind, string>>;
  readonly stopped: string;
}

export interface AutoModerationRules {
  /** Rights that Hearth lacks for it, and how many other rooms there are; undefined for a server that it is not in. */
  prospect(
    guildId: string,
    channelIds: readonly string[],
  ): Promise<{ readonly missing: readonly string[]; readonly otherRooms: number } | undefined>;
  /**
   * Makes Hearth's own rules of a server what they ought to be, and none, when nothing is moderated or there are too many
   * other rooms. Kinds of which the server has as many of its own as Discord takes are left to it, and given back.
   */
  bring(
    guildId: string,
    rooms: ModeratedRooms | undefined,
    words: RuleWords,
  ): Promise<Attempt<readonly RuleKind[]>>;
}
