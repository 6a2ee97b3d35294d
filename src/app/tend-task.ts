/** Works on a task: ticks what was done, and settles it; both stay written. */
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { CHECKLISTS, type CheckItem, type Settled, type Task } from '../core/task.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { showTask, type TaskShown, type TasksAsked, tendedTask } from './list-tasks.ts';

export interface TaskDemand extends TasksAsked {
  readonly number: number;
}

const openTask = async (records: Records, demand: TaskDemand): Promise<Outcome<Task>> => {
  const task = await tendedTask(records, demand, demand.number);
  return task.ok && task.value.settled ? refuse({ code: 'task-is-settled' }) : task;
};

/** Ticks an item; one that is ticked already stays as it was. Refused with `not-on-the-list` for one of another kind. */
export const tickTask = (world: World, demand: TaskDemand, item: CheckItem): Promise<Outcome<TaskShown>> =>
  world.store.change<TaskShown>(async (records) => {
    const found = await openTask(records, demand);
    if (!found.ok) return found;
    const task = found.value;
    if (!CHECKLISTS[task.kind].includes(item)) return refuse({ code: 'not-on-the-list' });
    const tick = { item, by: demand.asker.account, at: world.clock.now() };
    const isNew = await records.tasks.tick(task.id, tick);
    const ticks = isNew ? [...task.ticks, tick] : task.ticks;
    return allow(await showTask(records, demand, { ...task, ticks }));
  });

/** Settles it for good. */
export const settleTask = (
  world: World,
  demand: TaskDemand,
  outcome: Settled['outcome'],
): Promise<Outcome<TaskShown>> =>
  world.store.change<TaskShown>(async (records) => {
    const found = await openTask(records, demand);
    if (!found.ok) return found;
    const settled = { outcome, by: demand.asker.account, at: world.clock.now() };
    await records.tasks.settle(found.value.id, settled);
    await records.jobs.enqueue({ name: 'bring-boards', cohortId: found.value.cohortId });
    return allow(await showTask(records, demand, { ...found.value, settled }));
  });
