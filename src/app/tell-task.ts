/** The job that tells somebody that a task waits for them, and says nothing of what or whom it concerns. */
import type { Task } from '../core/task.ts';
import { between, MINUTE } from '../core/time.ts';
import type { Once } from '../ports/rooms.ts';
import type { World } from '../ports/world.ts';

/** From this age on, in milliseconds, Discord no longer knows by itself that something was said already. */
const OLD = MINUTE;

/** Where staff are told by name when they take no direct messages; nowhere for somebody who is not in that room. */
const staffRoom = async ({ store }: World, { cohortId, assignee }: Task): Promise<string | undefined> => {
  const cohort = await store.records.cohorts.byId(cohortId);
  const isStaff = [cohort?.lead.id, cohort?.coFacilitator.id].includes(assignee.id);
  const refs = isStaff ? await store.records.roomRefs.ofCohort(cohortId) : [];
  return refs.find(({ kind }) => kind === 'staff')?.channelId;
};

/** Tells, once however often it is tried; a task that was settled meanwhile needs no word. `attempt` counts from 1. */
export const tellTask = async (
  world: World,
  { taskId }: { readonly taskId: string },
  attempt = 1,
): Promise<void> => {
  const task = await world.store.records.tasks.byId(taskId);
  if (!task || task.settled) return;
  const { id, openedAt: since, cohortId, assignee } = task;
  // Two such notices say the same: one that stands already tells of this task, too.
  const again = attempt > 1 || between(since, world.clock.now()) > OLD;
  const once: Once = { id, since, again, others: [] };
  const notice = { kind: 'task', cohortId } as const;
  const told = await world.messenger.direct(assignee.account, notice, once);
  const channelId = told.did === 'closed' ? await staffRoom(world, task) : undefined;
  const did =
    channelId === undefined
      ? told.did
      : (await world.messenger.mention(channelId, assignee.account, notice, once)).did;
  if (did !== 'done') world.log.warn('task-not-told', { cohort: cohortId, task: id, did });
};
