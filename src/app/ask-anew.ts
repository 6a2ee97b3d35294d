/** Takes the answers to a meeting out of force when it is moved: they were given for another time. */
import type { Occurrence } from '../core/occurrence.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** Forgets them, and settles what was to be looked after since somebody could not come then. */
export const askAnew = async (
  { clock }: Pick<World, 'clock'>,
  { rsvps, tasks, jobs }: Pick<Records, 'rsvps' | 'tasks' | 'jobs'>,
  { id, cohortId }: Pick<Occurrence, 'id' | 'cohortId'>,
): Promise<void> => {
  await rsvps.forget(id);
  for (const { id: taskId, kind, occurrenceId, person } of await tasks.open(cohortId)) {
    if (kind !== 'absence-told' || occurrenceId !== id) continue;
    await tasks.settle(taskId, { outcome: 'withdrawn', by: person.account, at: clock.now() });
  }
  await jobs.enqueue({ name: 'bring-boards', cohortId });
};
