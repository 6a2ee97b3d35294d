/** Looks at a cohort's rooms as they stand, and holds them against what they ought to be. */
import { isModerated, MANAGE_SERVER } from '../core/auto-moderation.ts';
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
  if (!audit) return undefined;
  const isNeeded = (await world.store.records.cohorts.ofGuild(cohort.guildId)).some(isModerated);
  const more = audit.hearth.more.filter((right) => !isNeeded || right !== MANAGE_SERVER);
  return { ...audit, hearth: { ...audit.hearth, more }, cohort, rooms: judged(audit.rooms, desired) };
};
