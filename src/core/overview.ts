/** What the staff and admins of a cohort are told about it: facts only; `words` makes a card of them. */
import { type Required, type Signature, standingSignature } from './agreement.ts';
import type { Cohort, Roster } from './cohort.ts';
import type { Cycle } from './cycle.ts';
import type { LocalDate } from './wall-time.ts';

export interface MemberFacts {
  readonly account: string;
  readonly enrolledAt: Date;
  /** Account of their therapist; missing where it is the lead. */
  readonly therapist?: string;
  /** When the signature that holds now was given; missing while there is none. */
  readonly signedAt?: Date;
  /** Whether they come in only when everybody else has signed. */
  readonly waits?: true;
}

export interface Overview {
  readonly cohort: Cohort;
  /** The cycle that was begun last; missing before the first. */
  readonly cycle?: Cycle;
  /** In the zone of the cohort. */
  readonly today: LocalDate;
  readonly members: readonly MemberFacts[];
  /** Channels of the rooms; undefined while they are still to be made. */
  readonly rooms: { readonly group: string | undefined; readonly staff: string | undefined };
  /** Codes of the Discord rights that Hearth lacks to bring the rooms. */
  readonly missingRights: readonly string[];
  /** Names of the Discord rights that the invitation asks for and the server does not give, though the rooms stand. */
  readonly withheldRights: readonly string[];
  readonly session: 'none' | 'running' | 'paused';
  /** How much could not be done for it, and waits for an admin's decision. */
  readonly failures: number;
}

/** Who is on the roster, and since when the signature of each holds. */
export const memberFacts = (
  roster: Roster,
  signatures: readonly Signature[],
  required: Required,
): readonly MemberFacts[] =>
  roster.map((member) => {
    const signature = standingSignature(member, signatures, required);
    return {
      account: member.person.account,
      enrolledAt: member.enrolledAt,
      ...(member.therapist && { therapist: member.therapist.account }),
      ...(signature ? { signedAt: signature.signedAt } : {}),
      ...(member.awaitsConsent && { waits: true }),
    };
  });
