/**
 * What facilitators do in a session to keep the group safe, each act written down with when it was undone.
 *
 *   stands ──lift (asked, over, left, session-ended, restarted)──> lifted ──> settled, when nothing of it is left in Discord
 *
 * - Everything ends with the session at the latest; nobody stays muted, also when Hearth was restarted.
 * - A mute is Discord's own, and stays when somebody leaves: it is taken off as soon as they are in a voice room again.
 */
import type { Person } from './person.ts';

/**
 * - `lock`: nobody comes into the voice room who is not in it
 * - `hold-chat`: participants read, and do not write
 * - `mute`: somebody is not heard
 * - `move-aside`: somebody is in a room with one facilitator alone
 * - `remove`: somebody has left the session for its rest
 * - `time-out`: for some minutes somebody listens and reads, and neither speaks nor writes
 */
export const MODERATION_ACTS = ['lock', 'hold-chat', 'mute', 'move-aside', 'remove', 'time-out'] as const;
export type ModerationAct = (typeof MODERATION_ACTS)[number];

/** Of which something stands in Discord that must be taken back there. */
export const IN_VOICE: ReadonlySet<ModerationAct> = new Set<ModerationAct>(['mute', 'move-aside']);

export const LIFTED_WHYS = ['asked', 'over', 'left', 'session-ended', 'restarted'] as const;
export type LiftedWhy = (typeof LIFTED_WHYS)[number];

export interface Moderation {
  readonly id: string;
  readonly cohortId: string;
  readonly sessionId: string;
  readonly act: ModerationAct;
  /** Missing where it is about the whole room. */
  readonly person?: Person;
  /** Of a lock: the accounts that were in the room. Of `move-aside`: the facilitator who goes along. */
  readonly accounts: readonly string[];
  /** Account. */
  readonly by: string;
  readonly at: Date;
  /** When it ends by itself. */
  readonly until?: Date;
  /** Whether it has been begun in Discord. */
  readonly isApplied: boolean;
  readonly lifted?: { readonly at: Date; readonly why: LiftedWhy; readonly by?: string };
  /** Whether nothing of it is left in Discord. */
  readonly isSettled: boolean;
  readonly version: number;
}

/** What stands in a group now. */
export interface Holds {
  readonly isChatHeld: boolean;
  /** Accounts that may be in the voice room; missing while it is not locked. */
  readonly insideOnly?: readonly string[];
  readonly muted: readonly string[];
  readonly removed: readonly string[];
  readonly timedOut: readonly string[];
  /** In the room aside: who was moved there, and the facilitator. */
  readonly aside?: { readonly account: string; readonly facilitator: string };
}

const accountsOf = (standing: readonly Moderation[], act: ModerationAct): readonly string[] =>
  standing.flatMap((each) => (each.act === act && each.person ? [each.person.account] : []));

/** What stands, of everything that is not settled. The room aside stays open until both have left it. */
export const holdsOf = (unsettled: readonly Moderation[]): Holds => {
  const standing = unsettled.filter(({ lifted }) => !lifted);
  const lock = standing.find(({ act }) => act === 'lock');
  const aside = unsettled.find(({ act }) => act === 'move-aside');
  const [facilitator] = aside?.accounts ?? [];
  return {
    isChatHeld: standing.some(({ act }) => act === 'hold-chat'),
    ...(lock && { insideOnly: lock.accounts }),
    muted: accountsOf(standing, 'mute'),
    removed: accountsOf(standing, 'remove'),
    timedOut: accountsOf(standing, 'time-out'),
    ...(aside?.person &&
      facilitator !== undefined && { aside: { account: aside.person.account, facilitator } }),
  };
};

/** Nothing stands. */
export const NO_HOLDS: Holds = { isChatHeld: false, muted: [], removed: [], timedOut: [] };

/** Lifted; what never reached Discord's voice is settled with it. */
export const lift = (moderation: Moderation, lifted: NonNullable<Moderation['lifted']>): Moderation => ({
  ...moderation,
  lifted,
  isSettled: !IN_VOICE.has(moderation.act) || !moderation.isApplied,
});
