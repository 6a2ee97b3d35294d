/** Who of a cohort's roster may be in the room: those whose signature holds now. */
import { standingSignature } from '../core/agreement.ts';
import type { Cohort, Roster } from '../core/cohort.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

export interface Signing {
  readonly signed: Roster;
  readonly unsigned: Roster;
}

/** The roster, parted by who has signed what must be signed now. */
export const signedMembers = async (
  { catalogue }: Pick<World, 'catalogue'>,
  { memberships, signatures }: Pick<Records, 'memberships' | 'signatures'>,
  cohort: Pick<Cohort, 'id' | 'consentRound'>,
): Promise<Signing> => {
  const required = { sha256: catalogue.agreement().sha256, consentRound: cohort.consentRound };
  const given = await signatures.ofCohort(cohort.id);
  const { signed = [], unsigned = [] } = Object.groupBy(await memberships.roster(cohort.id), (member) =>
    standingSignature(member, given, required) ? 'signed' : 'unsigned',
  );
  return { signed, unsigned };
};
