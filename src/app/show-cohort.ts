/** Gathers what staff and admins are told about a cohort. */
import type { Cohort } from '../core/cohort.ts';
import { memberFacts, type Overview } from '../core/overview.ts';
import type { RoomKind } from '../core/rooms.ts';
import { dateOf } from '../core/wall-time.ts';
import type { World } from '../ports/world.ts';
import { requiredNow } from './agreement-now.ts';

/** The cohort as it stands now. */
export const showCohort = async (world: World, cohort: Cohort): Promise<Overview> => {
  const { memberships, signatures, cycles, roomRefs, sessions, failures } = world.store.records;
  const required = await requiredNow(world, world.store.records, cohort);
  const roster = await memberships.roster(cohort.id);
  const refs = await roomRefs.ofCohort(cohort.id);
  const session = await sessions.unfinished(cohort.id);
  const audit = await world.rooms.auditOf(cohort.guildId, [], false);
  const channels = new Map<RoomKind, string>(refs.map(({ kind, channelId }) => [kind, channelId]));
  const cycle = (await cycles.ofCohort(cohort.id)).at(-1);
  return {
    cohort,
    ...(cycle && { cycle }),
    today: dateOf(world.zones.wall(world.clock.now(), cohort.zone)),
    members: memberFacts(roster, await signatures.ofCohort(cohort.id), required),
    rooms: { group: channels.get('group'), staff: channels.get('staff') },
    missingRights: await roomRefs.missing(cohort.id),
    withheldRights: audit?.hearth.missing ?? [],
    session: session?.state ?? 'none',
    failures: await failures.countOpen({ cohortId: cohort.id }),
  };
};
