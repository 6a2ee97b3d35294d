/**
 * Who has Hearth's one place in the voice of a server: a bot can be in one call of a server at a time.
 *
 * A session comes before a lobby, and both before somebody who tests a microphone; among the like, whoever has waited
 * longest. So a session that has Hearth keeps it, and nobody who tests a microphone takes it from a group. Last comes a
 * session in whose room nobody is: one that somebody forgot to end keeps Hearth from nobody.
 */

interface Place {
  readonly channelId: string;
  /** From when on it wants Hearth. */
  readonly since: Date;
}

/** The group of a cohort that wants Hearth in its call: in its session, or already in the lobby of one. */
export interface GroupClaim extends Place {
  readonly kind: 'session' | 'lobby';
  readonly guildId: string;
  readonly cohortId: string;
  /** Of the session, or of the meeting whose lobby is open. */
  readonly id: string;
  /** Whether it is known that nobody is in its room. */
  readonly isEmpty?: boolean;
}

/** Somebody who tests a microphone in a room of their own. */
export interface CheckClaim extends Place {
  readonly kind: 'check';
  readonly id: string;
  readonly guildId: string;
  readonly cohortId: string;
  readonly account: string;
}

export type Claim = GroupClaim | CheckClaim;

const RANK: Readonly<Record<Claim['kind'], number>> = { session: 0, lobby: 1, check: 2 };
const LAST = 3;

const rankOf = (claim: Claim): number => (claim.kind !== 'check' && claim.isEmpty ? LAST : RANK[claim.kind]);

/** Of all who want Hearth in a server, the one who has it; nobody when nobody does. */
export const seatOf = <Each extends Claim>(claims: readonly Each[]): Each | undefined =>
  claims.toSorted((a, b) => rankOf(a) - rankOf(b) || +a.since - +b.since || a.id.localeCompare(b.id))[0];
