/** Who of a cohort's roster may be in the room: those whose signature holds now. */
import { standingSignature } from '../core/agreement.ts';
import type { Cohort, Roster } from '../core/cohort.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { requiredNow } from './agreement-now.ts';

export interface Signing {
  readonly signed: Roster;
  readonly unsigned: Roster;
}

/** The roster, parted by who has signed what must be signed now. */
export const signedMembers = async (
  world: Pick<World, 'catalogue'>,
  records: Pick<Records, 'memberships' | 'signatures' | 'agreements'>,
  cohort: Pick<Cohort, 'id' | 'consentRound'>,
): Promise<Signing> => {
  const required = await requiredNow(world, records, cohort);
  const given = await records.signatures.ofCohort(cohort.id);
  const roster = await records.memberships.roster(cohort.id);
  const { signed = [], unsigned = [] } = Object.groupBy(roster, (member) =>
    standingSignature(member, given, required) ? 'signed' : 'unsigned',
  );
  return { signed, unsigned };
};
