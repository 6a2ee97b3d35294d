/** An admin has what failed done again, or lets it be. */
import type { FailureOutcome } from '../core/failure.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';

export interface Settling {
  readonly guildId: string;
  /** Id of the failure, or its reference. */
  readonly failure: string;
  readonly outcome: FailureOutcome;
  /** Account of the admin. */
  readonly by: string;
}

/** Settles a failure of this server once, however many press at the same moment; the job is enqueued anew with it. */
export const settleFailure = (
  { store, clock }: World,
  { guildId, failure: key, outcome, by }: Settling,
): Promise<Outcome<null>> =>
  store.change(async ({ failures, jobs }) => {
    const failure = await failures.find(guildId, key);
    if (!failure) return refuse({ code: 'no-such-failure' });
    if (failure.settled) return refuse({ code: 'failure-settled' });
    await failures.settle(failure.id, { at: clock.now(), by, outcome });
    if (outcome === 'retried') await jobs.enqueue(failure.job);
    return allow(null);
  });
