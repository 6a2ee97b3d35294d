/** Who has signed which version of the agreement when, cycle by cycle: a line a signature, and one for whoever has none. */
import { type Required, type Signature, standingSignature } from './agreement.ts';
import type { Roster } from './cohort.ts';
import type { Cycle } from './cycle.ts';

export interface SignatureLine {
  readonly account: string;
  /** Under which reports name the person. */
  readonly code: string;
  /** 0 for what was signed before the first cycle, or without any. */
  readonly cycle: number;
  /** Missing where they have signed nothing that holds now. */
  readonly signature?: Signature;
  /** Whether it is what holds now. */
  readonly holds: boolean;
  readonly left: boolean;
}

export interface SignatureFacts {
  /** Everybody who is or was on it. */
  readonly roster: Roster;
  readonly signatures: readonly Signature[];
  readonly cycles: readonly Cycle[];
  readonly codes: ReadonlyMap<string, string>;
  readonly required: Required;
}

/** The cycle that had begun with this round of consent, or with one before it. */
const cycleOf = (cycles: readonly Cycle[], consentRound: number): number =>
  cycles.findLast((cycle) => cycle.consentRound <= consentRound)?.number ?? 0;

/** By person, in the order in which they joined, and then by when they signed. */
export const signatureLines = (facts: SignatureFacts): readonly SignatureLine[] => {
  const { roster, signatures, cycles, codes, required } = facts;
  return roster.flatMap((member): readonly SignatureLine[] => {
    const left = member.dischargedAt !== undefined;
    const own = signatures.filter(({ membershipId }) => membershipId === member.id);
    const standing = left ? undefined : standingSignature(member, own, required);
    const who = { account: member.person.account, code: codes.get(member.person.id) ?? '', left };
    const lines = own.map((signature) => ({
      ...{ ...who, signature, cycle: cycleOf(cycles, signature.consentRound) },
      holds: signature.id === standing?.id,
    }));
    const lacks = !left && !standing;
    return lacks
      ? [...lines, { ...who, cycle: cycleOf(cycles, required.consentRound), holds: false }]
      : lines;
  });
};
