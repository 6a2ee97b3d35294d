/**
 * What facilitators do in a session to keep the group safe, each act written down with when it was undone.
 *
 *   stands ──lift (why: see below)──> lifted ──> settled, when nothing of it is left in Discord
 *
 * - Everything ends with the session at the latest; nobody stays muted, also when Hearth was restarted.
 * - A mute is Discord's own, and stays when somebody leaves: it is taken off as soon as they are in a voice room again.
 *   Whom somebody has muted by hand is left as they are: what Hearth did not do, it does not undo.
 */
import type { Cohort } from './cohort.ts';
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

/** What is done to somebody in a voice room, and must be taken back there. */
export const IN_VOICE: ReadonlySet<ModerationAct> = new Set<ModerationAct>(['mute', 'move-aside']);

/** `not-allowed`: Discord does not let Hearth do it there. */
export const LIFTED_WHYS = ['asked', 'over', 'left', 'session-ended', 'restarted', 'not-allowed'] as const;
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
  /** Of a mute, whether it has been begun in Discord; of `move-aside`, whether both are there. */
  readonly isApplied: boolean;
  /** Whether whoever it is about is told by themselves: not of what happens to all, nor of what comes with a time-out. */
  readonly isTold: boolean;
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
  readonly timedOut: readonly { readonly account: string; readonly until?: Date }[];
  /** In the room aside: who was moved there, and the facilitator; `returning` while they are brought back. */
  readonly aside?: { readonly account: string; readonly facilitator: string; readonly returning?: true };
}

const accountsOf = (standing: readonly Moderation[], act: ModerationAct): readonly string[] =>
  standing.flatMap((each) => (each.act === act && each.person ? [each.person.account] : []));

/** What stands, of everything that is not settled. The room aside stays open until both have left it. */
export const holdsOf = (unsettled: readonly Moderation[]): Holds => {
  const standing = unsettled.filter(({ lifted }) => !lifted);
  const lock = standing.find(({ act }) => act === 'lock');
  const isAside = ({ act }: Moderation): boolean => act === 'move-aside';
  const aside = standing.find(isAside) ?? unsettled.find(isAside);
  const [facilitator] = aside?.accounts ?? [];
  return {
    isChatHeld: standing.some(({ act }) => act === 'hold-chat'),
    ...(lock && { insideOnly: lock.accounts }),
    muted: accountsOf(standing, 'mute'),
    removed: accountsOf(standing, 'remove'),
    timedOut: standing.flatMap(({ act, person, until }) =>
      act === 'time-out' && person ? [{ account: person.account, ...(until && { until }) }] : [],
    ),
    ...(aside?.person &&
      facilitator !== undefined && {
        aside: {
          ...{ account: aside.person.account, facilitator },
          ...(aside.lifted && { returning: true as const }),
        },
      }),
  };
};

/** Nothing stands. */
export const NO_HOLDS: Holds = { isChatHeld: false, muted: [], removed: [], timedOut: [] };

/**
 * Who goes along with somebody who is moved aside: the co-facilitator, if they are in the voice room, or whoever asks for
 * it, if they are. Nobody is sent to wait in a room by themselves, and no group is left by a leader who did not ask.
 */
export const companionOf = (
  { coFacilitator }: Pick<Cohort, 'coFacilitator'>,
  by: string,
  inside: readonly string[],
): string | undefined => [coFacilitator.account, by].find((account) => inside.includes(account));

/** Whoever is brought back may come into a room that was locked meanwhile. */
export const admitting = (lock: Moderation, account: string): Moderation =>
  lock.accounts.includes(account) ? lock : { ...lock, accounts: [...lock.accounts, account] };

/**
 * Asked for once more: it lasts as it is asked for now. A mute that was to end with a time-out, and is now asked for by
 * itself, stays; one that stands by itself is not ended by a time-out.
 */
export const askedAgain = (standing: Moderation, wished: Pick<Moderation, 'act' | 'until'>): Moderation => {
  if (wished.act === 'mute' && !standing.until) return standing;
  const { until: _before, ...rest } = standing;
  return { ...rest, ...(wished.until && { until: wished.until }) };
};

/** Lifted; a mute that never reached Discord is settled with it, and so is what only ever was a right in a room. */
export const lift = (moderation: Moderation, lifted: NonNullable<Moderation['lifted']>): Moderation => ({
  ...moderation,
  // Who was in the room is of no use any more.
  ...(moderation.act === 'lock' && { accounts: [] }),
  lifted,
  isSettled: moderation.act === 'mute' ? !moderation.isApplied : moderation.act !== 'move-aside',
});
