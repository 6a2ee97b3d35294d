/** Takes somebody off a cohort's roster, and with that out of its rooms and of a session that is going on. */
import type { Cohort } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { bringAll } from './bring-all.ts';
import { leaveSession } from './leave-session.ts';

export interface DischargeRequest {
  readonly cohortId: string;
  readonly account: string;
  /** Account of the admin who asked for it. */
  readonly by: string;
}

export interface Discharged {
  readonly cohort: Cohort;
  /** People who remain on the roster. */
  readonly people: number;
}

/** Discharges; what was kept about the person stays kept. */
export const dischargeMember = (world: World, request: DischargeRequest): Promise<Outcome<Discharged>> =>
  world.store.change(async (records) => {
    const cohort = await activeCohort(records, request.cohortId);
    if (!cohort.ok) return cohort;
    const { id: cohortId } = cohort.value;
    const roster = await records.memberships.roster(cohortId);
    const member = roster.find(({ person }) => person.account === request.account);
    if (!member) return refuse({ code: 'not-enrolled' });
    await records.memberships.discharge(member.id, world.clock.now());
    await leaveSession(world, records, { cohortId, personId: member.person.id, by: request.by });
    await bringAll(records, cohortId);
    return allow({ cohort: cohort.value, people: roster.length - 1 });
  });
