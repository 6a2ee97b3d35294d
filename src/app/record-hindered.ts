/** Puts what a missing right prevents on the list of failures: trying again would not help before an admin gives it. */
import { allow } from '../core/outcome.ts';
import { cohortOf, type Job } from '../ports/jobs.ts';
import type { World } from '../ports/world.ts';
import { recordFailure } from './record-failure.ts';

/** What could not be done. */
export interface Hindered {
  readonly job: Job;
  /** As Discord names the rights. */
  readonly missing: readonly string[];
  /** From 1. */
  readonly attempt?: number;
}

/** Keeps one failure for the job, however often it is hindered while that one is open. */
export const recordHindered = async (
  world: World,
  { job, missing, attempt = 1 }: Hindered,
): Promise<void> => {
  const cause = new Error(`rights are missing: ${missing.join(', ')}`);
  const reference = world.log.fault('job-hindered', cause, { job: job.name, cohort: cohortOf(job) });
  await world.store.change(async (records) => {
    await recordFailure(world, records, { job, attempts: attempt, reference }, world.clock.now());
    return allow(null);
  });
};
