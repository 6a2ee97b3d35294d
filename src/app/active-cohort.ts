/** A cohort as it stands within the transaction that is about to change it. */
import type { Cohort } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';

/** The cohort as it is now; refused with `cohort-archived` when it has ended. */
export const activeCohort = async (records: Records, cohortId: string): Promise<Outcome<Cohort>> => {
  const cohort = await records.cohorts.byId(cohortId);
  if (!cohort) throw new Error(`cohort ${cohortId} is not kept`);
  return cohort.state === 'active' ? allow(cohort) : refuse({ code: 'cohort-archived' });
};
