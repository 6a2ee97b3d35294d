/** The job that looks at a cohort's rooms: shuts what leads into them from outside, and tells the staff what it cannot change. */
import { isModerated } from '../core/auto-moderation.ts';
import type { Cohort } from '../core/cohort.ts';
import { allow } from '../core/outcome.ts';
import type { CohortAudit, JudgedRoom } from '../core/room-access.ts';
import { changesOf, findingsOf } from '../core/room-finding.ts';
import type { World } from '../ports/world.ts';
import { auditCohort } from './audit-cohort.ts';
import { repairAutoModeration } from './bring-auto-moderation.ts';
import { noteRepair } from './note-repair.ts';

const shut = async (world: World, { id: cohortId, guildId }: Cohort, room: JudgedRoom): Promise<void> => {
  const { invitations, webhooks } = await world.rooms.shut(guildId, room.channelId);
  if (invitations + webhooks === 0) return;
  const { kind, number } = room;
  const which = { cohortId, room: { kind, ...(number !== undefined && { number }) } };
  await world.store.change(async (records) => {
    if (invitations > 0) await noteRepair(world, records, { ...which, what: 'invitation' });
    if (webhooks > 0) await noteRepair(world, records, { ...which, what: 'webhook' });
    return allow(null);
  });
};

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
  for (const room of audit.rooms) {
    if (room.invitations > 0 || (room.webhooks ?? 0) > 0) await shut(world, cohort, room);
  }
  await keepFindings(world, audit);
  // Rules that somebody changed while nobody was told of it.
  if (isModerated(cohort)) await repairAutoModeration(world, cohort.guildId);
};
