/** Says in a cohort's rooms that a cycle of it has begun or ended. */
import type { Announcement } from '../core/board.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** Within the change that begins or ends it. */
export const tellCycle = async (
  { ids, clock }: Pick<World, 'ids' | 'clock'>,
  { announcements, jobs }: Pick<Records, 'announcements' | 'jobs'>,
  cohortId: string,
  rooms: readonly ('staff' | 'group')[],
  announcement: Extract<Announcement, { kind: 'cycle-begun' | 'cycle-ended' }>,
): Promise<void> => {
  for (const room of rooms) {
    const id = ids.next();
    await announcements.add({ id, cohortId, room, announcement, madeAt: clock.now() });
    await jobs.enqueue({ name: 'announce', cohortId, announcementId: id });
  }
};
