/** Who of a cohort's roster may be in the room: those whose signature holds now, and who need not wait for others. */
import { standingSignature } from '../core/agreement.ts';
import type { Cohort, Roster } from '../core/cohort.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { requiredNow } from './agreement-now.ts';

export interface Signing {
  readonly signed: Roster;
  readonly unsigned: Roster;
  /** Have signed, and wait until everybody else has. */
  readonly awaited: Roster;
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
  const {
    signed = [],
    unsigned = [],
    awaited = [],
  } = Object.groupBy(roster, (member) => {
    if (!standingSignature(member, given, required)) return 'unsigned';
    return member.awaitsConsent ? 'awaited' : 'signed';
  });
  return { signed, unsigned, awaited };
};
