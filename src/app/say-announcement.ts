/** The job that says an announcement in its room: once, however often it is tried. */
import { allow } from '../core/outcome.ts';
import { isOvertaken, mayBeOvertaken } from '../core/overtaken.ts';
import { between, MINUTE } from '../core/time.ts';
import type { AnnouncementRecord } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { recordHindered } from './record-hindered.ts';

/** From this age on, in milliseconds, Discord no longer knows by itself that something was said already. */
const OLD = MINUTE;

/** What was held up until something later was to be said of the same meetings is not said after that. */
const isTooLate = async ({ store }: Pick<World, 'store'>, record: AnnouncementRecord): Promise<boolean> =>
  mayBeOvertaken(record.announcement) &&
  isOvertaken(record.announcement, await store.records.announcements.after(record));

/**
 * Says it and remembers that it was said. `attempt` counts from 1. A room that is not there
 * ends it quietly: it was true at its moment, and the boards tell what is true now. Where Hearth may not speak, admins see
 * that it was not said, and may have it said.
 */
export const sayAnnouncement = async (
  world: World,
  { announcementId: id }: { readonly announcementId: string },
  attempt = 1,
): Promise<void> => {
  const { records } = world.store;
  const record = await records.announcements.byId(id);
  if (!record || record.saidAt) return;
  const refs = await records.roomRefs.ofCohort(record.cohortId);
  const room = refs.find(({ kind }) => kind === record.room);
  if (!room) return;
  if (await isTooLate(world, record)) {
    world.log.info('announcement-not-said', { cohort: record.cohortId, announcement: id, did: 'overtaken' });
    return;
  }
  const again = attempt > 1 || between(record.madeAt, world.clock.now()) > OLD;
  const said = await world.rooms.say(room.channelId, record.announcement, {
    id,
    since: record.madeAt,
    again,
    others: again ? await records.announcements.messages(record.cohortId) : [],
  });
  if (said.did === 'forbidden') {
    const job = { name: 'announce', cohortId: record.cohortId, announcementId: id } as const;
    return recordHindered(world, { job, missing: said.missing, attempt });
  }
  if (said.did !== 'done') {
    world.log.warn('announcement-not-said', { cohort: record.cohortId, announcement: id, did: said.did });
    return;
  }
  const { messageId } = said.value;
  await world.store.change(async ({ announcements, signals }) => {
    await announcements.said(id, world.clock.now(), messageId);
    // From now on Hearth may note in the call who speaks.
    if (record.announcement.kind === 'talk-time-counted') await signals.voiceOf(record.cohortId);
    return allow(null);
  });
};
