/** Looks at a cohort's rooms as they stand, and holds them against what they ought to be. */
import type { Cohort } from '../core/cohort.ts';
import { type CohortAudit, judged } from '../core/room-access.ts';
import type { World } from '../ports/world.ts';
import { roomsOf } from './bring-rooms.ts';

/** `closely` tells also what roles lend those who are named; undefined for a server that Hearth is not in. */
export const auditCohort = async (
  world: World,
  cohort: Cohort,
  closely: boolean,
): Promise<CohortAudit | undefined> => {
  const known = await world.store.records.roomRefs.ofCohort(cohort.id);
  const desired = await roomsOf(world, cohort);
  const audit = await world.rooms.auditOf(cohort.guildId, known, closely);
  return audit && { ...audit, cohort, rooms: judged(audit.rooms, desired) };
};
