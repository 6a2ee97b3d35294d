/** Takes somebody's signature back: from then on the rooms are closed to them until they sign again. */
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { bringAll } from './bring-all.ts';
import { leaveSession } from './leave-session.ts';

/** Withdraws every signature of the person that still stands, also of an earlier text or round. */
export const withdrawSignature = (
  world: World,
  { cohortId, account }: { readonly cohortId: string; readonly account: string },
): Promise<Outcome<null>> =>
  world.store.change(async (records) => {
    const cohort = await activeCohort(records, cohortId);
    if (!cohort.ok) return cohort;
    const roster = await records.memberships.roster(cohortId);
    const member = roster.find(({ person }) => person.account === account);
    const signatures = await records.signatures.ofCohort(cohortId);
    if (!member || !signatures.some(({ membershipId }) => membershipId === member.id)) {
      return refuse({ code: 'not-signed' });
    }
    await records.signatures.withdraw(member.id, world.clock.now());
    await leaveSession(world, records, { cohortId, personId: member.person.id, by: account });
    await bringAll(records, cohortId);
    return allow(null);
  });
