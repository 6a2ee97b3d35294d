/** Opens what staff may see of a group to an admin in an emergency, tells those who look after it, and ends that. */
import type { Cohort } from '../core/cohort.ts';
import type { Confidential } from '../core/confidential.ts';
import { begun, type EmergencyAccess } from '../core/emergency.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { notify } from './notify.ts';

/** As many as are shown. */
const MOST = 20;

const tellStaff = async (
  world: World,
  records: Records,
  { lead, coFacilitator, supervisor }: Cohort,
  { id, cohortId, person: by, endsAt }: EmergencyAccess,
): Promise<void> => {
  const notice = { kind: 'break-glass', by: by.account, until: endsAt.toISOString() } as const;
  const told = [lead, coFacilitator, ...(supervisor ? [supervisor] : [])];
  for (const person of told.filter((each) => each.id !== by.id)) {
    const room = person.id === supervisor?.id ? {} : { room: 'staff' as const };
    const key = `break-glass:${id}:${person.id}`;
    await notify(world, records, { cohortId, key, person, notice, alone: true, ...room });
  }
};

/** From now on for an hour, in the place of one that was open. */
export const breakGlass = (
  world: World,
  cohort: Cohort,
  { person, reason }: { readonly person: Person; readonly reason: Confidential<string> },
): Promise<Outcome<EmergencyAccess>> =>
  world.store.change<EmergencyAccess>(async (records) => {
    const begunAt = world.clock.now();
    const access = begun({ id: world.ids.next(), cohortId: cohort.id, person, reason, begunAt });
    await records.emergencyAccesses.end(cohort.id, person.id, begunAt);
    await records.emergencyAccesses.add(access);
    await tellStaff(world, records, cohort, access);
    return allow(access);
  });

/** Refused with `no-emergency-access` when none is open. */
export const endEmergencyAccess = (
  world: World,
  { id }: Cohort,
  { id: personId }: Person,
): Promise<Outcome<null>> =>
  world.store.change<null>(async ({ emergencyAccesses }) =>
    (await emergencyAccesses.end(id, personId, world.clock.now()))
      ? allow(null)
      : refuse({ code: 'no-emergency-access' }),
  );

/** The latest first. */
export const listEmergencyAccesses = (
  { store }: World,
  { id }: Cohort,
): Promise<readonly EmergencyAccess[]> => store.records.emergencyAccesses.ofCohort(id, MOST);
