/** Asks that everything of a cohort that stands in Discord be brought to what is now true. */
import type { Records } from '../ports/store.ts';

/** Enqueues the rooms and the boards, in the transaction of the change that they show. */
export const bringAll = async ({ jobs }: Pick<Records, 'jobs'>, cohortId: string): Promise<void> => {
  await jobs.enqueue({ name: 'bring-rooms', cohortId });
  await jobs.enqueue({ name: 'bring-boards', cohortId });
};
