/** Gathers what could not be done on a server, for its admins. */
import { type FailureFacts, type FailureList, MOST_FAILURES } from '../core/failure.ts';
import type { FailureRecord } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

const factsOf = async ({ store }: World, failure: FailureRecord): Promise<FailureFacts> => {
  const { id, cohortId, job, reference, attempts, failedAt } = failure;
  const cohort = cohortId === undefined ? undefined : await store.records.cohorts.byId(cohortId);
  return { id, job: job.name, reference, attempts, failedAt, ...(cohort && { cohort }) };
};

/** The newest open failures of the server. */
export const listFailures = async (world: World, guildId: string): Promise<FailureList> => {
  const { failures } = world.store.records;
  const newest = await failures.open(guildId, MOST_FAILURES);
  return {
    newest: await Promise.all(newest.map((failure) => factsOf(world, failure))),
    open: await failures.countOpen({ guildId }),
  };
};
