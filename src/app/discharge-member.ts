/** Takes somebody off a cohort's roster, and with that out of its rooms and of a session that is going on. */
import type { Cohort, Membership } from '../core/cohort.ts';
import type { Goodbye } from '../core/farewell.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { admitNewcomers } from './admit-newcomers.ts';
import { bringAll } from './bring-all.ts';
import { leaveIndividuals } from './leave-individuals.ts';
import { leaveSession } from './leave-session.ts';
import { liftIn } from './lift-moderation.ts';
import { sayGoodbye } from './say-goodbye.ts';
import { tellOfPlace } from './tend-waitlist.ts';

export interface DischargeRequest {
  readonly cohortId: string;
  readonly account: string;
  /** Account of the admin who asked for it. */
  readonly by: string;
  readonly goodbye: Goodbye;
}

export interface Discharged {
  readonly cohort: Cohort;
  /** People who remain on the roster. */
  readonly people: number;
  /** How many wait for the place that is free now. */
  readonly waiting: number;
}

interface Dischargeable {
  readonly cohort: Cohort;
  readonly member: Membership;
  /** People on the roster, with the member. */
  readonly people: number;
}

/** Whom a request is about; refused for somebody who is not on the roster of an active cohort. */
export const dischargeable = async (
  records: Records,
  { cohortId, account }: Pick<DischargeRequest, 'cohortId' | 'account'>,
): Promise<Outcome<Dischargeable>> => {
  const cohort = await activeCohort(records, cohortId);
  if (!cohort.ok) return cohort;
  const roster = await records.memberships.roster(cohortId);
  const member = roster.find(({ person }) => person.account === account);
  if (!member) return refuse({ code: 'not-enrolled' });
  return allow({ cohort: cohort.value, member, people: roster.length });
};

/** Discharges within a change; what was kept about the person stays kept. */
export const dischargeIn = async (
  world: World,
  records: Records,
  request: DischargeRequest,
): Promise<Outcome<Discharged>> => {
  const found = await dischargeable(records, request);
  if (!found.ok) return found;
  const { cohort, member, people } = found.value;
  const cohortId = cohort.id;
  await records.memberships.discharge(member.id, world.clock.now());
  await leaveSession(world, records, { cohortId, personId: member.person.id, by: request.by });
  await liftIn(records, cohortId, { personId: member.person.id, why: 'left' }, world.clock.now());
  await leaveIndividuals(world, records, cohort, { personId: member.person.id, by: request.by });
  await sayGoodbye(world, records, member, request.goodbye);
  await admitNewcomers(world, records, cohortId);
  const waiting = await tellOfPlace(world, records, cohortId);
  await bringAll(records, cohortId);
  return allow({ cohort, people: people - 1, waiting });
};

/** Discharges. */
export const dischargeMember = (world: World, request: DischargeRequest): Promise<Outcome<Discharged>> =>
  world.store.change((records) => dischargeIn(world, records, request));
