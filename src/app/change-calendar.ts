/** What every change of a cohort's calendar has in common: changes come one after the other, and are said. */
import type { Announcement } from '../core/board.ts';
import type { Cohort } from '../core/cohort.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';

export interface Calendar {
  readonly records: Records;
  readonly cohort: Cohort;
  readonly now: Date;
}

/** Changes the calendar of a cohort that has not ended. */
export const changeCalendar = <Value>(
  world: Pick<World, 'store' | 'clock'>,
  cohortId: string,
  work: (calendar: Calendar) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> =>
  world.store.change<Value>(async (records) => {
    const active = await activeCohort(records, cohortId);
    if (!active.ok) return active;
    const cohort = active.value;
    // Saved at every change: its version keeps two that do not know of each other from overlapping.
    await records.cohorts.save(cohort);
    return work({ records, cohort: { ...cohort, version: cohort.version + 1 }, now: world.clock.now() });
  });

/** Says it in the group's room, and has everything that shows the calendar brought up to date; within the change. */
export const tellCalendar = async (
  { ids }: Pick<World, 'ids'>,
  { records, cohort: { id: cohortId }, now }: Calendar,
  announcement: Announcement,
): Promise<void> => {
  const id = ids.next();
  await records.announcements.add({ id, cohortId, room: 'group', announcement, madeAt: now });
  await records.jobs.enqueue({ name: 'announce', cohortId, announcementId: id });
  await records.jobs.enqueue({ name: 'bring-boards', cohortId });
  await records.jobs.enqueue({ name: 'bring-events', cohortId });
};
