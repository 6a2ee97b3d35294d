/** Opens tasks for those who are responsible, and tells them that something waits: in the change that brings them about. */
import type { Cohort } from '../core/cohort.ts';
import type { Task } from '../core/task.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { notify } from './notify.ts';

export type TaskOpening = Pick<Task, 'kind' | 'person' | 'assignee' | 'occurrenceId' | 'sessionId'>;

/** One line for all of them in the staff's room, with nobody's name. */
const sayInStaffRoom = async (
  { ids }: Pick<World, 'ids'>,
  { announcements, jobs }: Records,
  cohortId: string,
  madeAt: Date,
): Promise<void> => {
  const id = ids.next();
  await announcements.add({ id, cohortId, room: 'staff', announcement: { kind: 'task-opened' }, madeAt });
  await jobs.enqueue({ name: 'announce', cohortId, announcementId: id });
};

/** Told to whoever it is assigned to, and to nobody else; staff who take no direct messages are called in their room. */
const tellTask = async (
  world: Pick<World, 'ids' | 'clock'>,
  records: Records,
  { id: cohortId, lead, coFacilitator }: Cohort,
  { id: taskId, assignee }: Pick<Task, 'id' | 'assignee'>,
): Promise<void> => {
  const isStaff = [lead.id, coFacilitator.id].includes(assignee.id);
  await notify(world, records, {
    ...{ cohortId, person: assignee, alone: true },
    key: `task:${taskId}`,
    notice: { kind: 'task', cohortId, taskId },
    ...(isStaff && { room: 'staff' }),
  });
};

/** Opens them, numbered in their order; does nothing when there are none. */
export const openTasks = async (
  world: Pick<World, 'ids' | 'clock'>,
  records: Records,
  cohort: Cohort,
  { openings, now }: { readonly openings: readonly TaskOpening[]; readonly now: Date },
): Promise<void> => {
  if (openings.length === 0) return;
  const { id: cohortId } = cohort;
  const last = await records.tasks.lastNumber(cohortId);
  for (const [index, opening] of openings.entries()) {
    const id = world.ids.next();
    await records.tasks.add({ ...opening, id, cohortId, number: last + index + 1, openedAt: now, ticks: [] });
    await tellTask(world, records, cohort, { ...opening, id });
  }
  await records.jobs.enqueue({ name: 'bring-boards', cohortId });
  await sayInStaffRoom(world, records, cohortId, now);
};
