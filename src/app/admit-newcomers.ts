/** Lets those in who joined a running cycle, once everybody else has agreed. */
import { othersAgree } from '../core/agreement.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { requiredNow } from './agreement-now.ts';

/** Within a change after which everybody may have agreed; gives the ids of the memberships that need not wait any more. */
export const admitNewcomers = async (
  world: Pick<World, 'catalogue' | 'ids' | 'clock'>,
  records: Records,
  cohortId: string,
): Promise<readonly string[]> => {
  const { memberships, signatures, announcements, jobs } = records;
  const roster = await memberships.roster(cohortId);
  const newcomers = roster.filter(({ awaitsConsent }) => awaitsConsent).map(({ id }) => id);
  const cohort = await records.cohorts.byId(cohortId);
  if (newcomers.length === 0 || !cohort) return [];
  const required = await requiredNow(world, records, cohort);
  if (!othersAgree(roster, await signatures.ofCohort(cohortId), required)) return [];
  await memberships.admit(newcomers);
  const id = world.ids.next();
  const announcement = { kind: 'newcomers-admitted', people: newcomers.length } as const;
  await announcements.add({ id, cohortId, room: 'staff', announcement, madeAt: world.clock.now() });
  await jobs.enqueue({ name: 'announce', cohortId, announcementId: id });
  return newcomers;
};
