/** The job that looks at a cohort's rooms: shuts what leads into them from outside, and tells the staff what it cannot change. */
import { isModerated } from '../core/auto-moderation.ts';
import type { Cohort } from '../core/cohort.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { CohortAudit, JudgedRoom } from '../core/room-access.ts';
import { changesOf, findingsOf } from '../core/room-finding.ts';
import { isWayIn, type Repair } from '../core/room-repair.ts';
import { sameRoom } from '../core/rooms.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { auditCohort } from './audit-cohort.ts';
import { repairAutoModeration } from './bring-auto-moderation.ts';
import { beginRepair, finishRepairs } from './note-repair.ts';

const dropping =
  (left: readonly Repair[]) =>
  async ({ repairs }: Records): Promise<Outcome<null>> => {
    await repairs.drop(left.map(({ id }) => id));
    return allow(null);
  };

/** Keeps what leads into a room before it is shut, and afterwards what of it was. */
const shut = async (world: World, { id: cohortId, guildId }: Cohort, audited: JudgedRoom): Promise<void> => {
  const { kind, number, channelId, invitations, webhooks = 0 } = audited;
  const room = { kind, ...(number !== undefined && { number }) };
  await world.store.change(async (records) => {
    if (invitations > 0) await beginRepair(world, records, { cohortId, room, what: 'invitation' });
    if (webhooks > 0) await beginRepair(world, records, { cohortId, room, what: 'webhook' });
    return allow(null);
  });
  const taken = await world.rooms.shut(guildId, channelId);
  const isOf = (repair: Repair): boolean => isWayIn(repair.what) && sameRoom(repair.room, room);
  const wasTaken = ({ what }: Repair): boolean =>
    (what === 'invitation' ? taken.invitations : taken.webhooks) > 0;
  await finishRepairs(world, cohortId, (repair) => isOf(repair) && wasTaken(repair));
  const left = (await world.store.records.repairs.begun(cohortId)).filter(isOf);
  if (left.length > 0) await world.store.change(dropping(left));
};

/** Ways in that whoever died before had begun to shut, and that are not there any more. */
const finishShutting = (world: World, { cohort, rooms }: CohortAudit): Promise<void> =>
  finishRepairs(world, cohort.id, ({ what, room }) => {
    const audited = isWayIn(what) && rooms.find((each) => sameRoom(each, room));
    return audited ? (what === 'invitation' ? audited.invitations : (audited.webhooks ?? 0)) === 0 : false;
  });

const isAstray = ({ rooms }: CohortAudit): boolean =>
  rooms.some(({ access }) => access.some(({ verdict }) => verdict === 'stray'));

const keepFindings = async (world: World, audit: CohortAudit): Promise<void> => {
  const { id: cohortId } = audit.cohort;
  await world.store.change(async ({ roomLooks, announcements, jobs }) => {
    const changes = changesOf(findingsOf(audit), await roomLooks.open(cohortId));
    const now = world.clock.now();
    await roomLooks.keep(cohortId, changes, now);
    // What gateway events did not tell of is put right all the same.
    if (isAstray(audit)) await jobs.enqueue({ name: 'bring-rooms', cohortId });
    if (changes.news.length === 0) return allow(null);
    const id = world.ids.next();
    const announcement = { kind: 'rooms-looked-at', news: changes.news } as const;
    await announcements.add({ id, cohortId, room: 'staff', announcement, madeAt: now });
    await jobs.enqueue({ name: 'announce', cohortId, announcementId: id });
    return allow(null);
  });
};

/** Looks; a group that has ended, or whose server Hearth has left, needs none. */
export const lookAtRooms = async (
  world: World,
  { cohortId }: { readonly cohortId: string },
): Promise<void> => {
  const cohort = await world.store.records.cohorts.byId(cohortId);
  if (cohort?.state !== 'active') return;
  await world.store.change(async ({ roomLooks }) => {
    await roomLooks.begin(cohortId, world.clock.now());
    return allow(null);
  });
  const audit = await auditCohort(world, cohort, false);
  if (!audit) return;
  await finishShutting(world, audit);
  for (const room of audit.rooms) {
    if (room.invitations > 0 || (room.webhooks ?? 0) > 0) await shut(world, cohort, room);
  }
  await keepFindings(world, audit);
  // Rules that somebody changed while nobody was told of it.
  if (isModerated(cohort)) await repairAutoModeration(world, cohort.guildId);
};
