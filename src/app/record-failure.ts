/** The step that puts a job that was given up on the list of failures. */
import { allow, type Outcome } from '../core/outcome.ts';
import { cohortOf, type Job } from '../ports/jobs.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** A job after its last attempt. */
export interface GivenUp {
  readonly job: Job;
  readonly attempts: number;
  /** Under which the log tells the cause. */
  readonly reference: string;
}

/** Keeps the failure, for the server of its cohort to see. */
export const recordFailure = async (
  { ids }: Pick<World, 'ids'>,
  { cohorts, failures }: Records,
  givenUp: GivenUp,
  failedAt: Date,
): Promise<Outcome<null>> => {
  const cohortId = cohortOf(givenUp.job);
  const cohort = cohortId === undefined ? undefined : await cohorts.byId(cohortId);
  const about = cohort && { guildId: cohort.guildId, cohortId: cohort.id };
  await failures.put({ id: ids.next(), ...givenUp, ...about, failedAt });
  return allow(null);
};
