/** Finds what was missed and may be made up for, as far as the one who asks may know. */

import type { Cohort } from '../core/cohort.ts';
import { therapistOf } from '../core/cohort.ts';
import type { MakeUp } from '../core/make-up.ts';
import type { World } from '../ports/world.ts';
import type { Carer } from './individual-time.ts';

/** Of those on the roster: all for staff, those whom they treat for a therapist, and for everybody their own. */
export const listMakeUps = async (
  { store }: Pick<World, 'store'>,
  cohort: Cohort,
  { account, staff }: Carer,
): Promise<readonly MakeUp[]> => {
  const roster = await store.records.memberships.roster(cohort.id);
  const known = roster
    .filter(
      (member) =>
        staff || member.person.account === account || therapistOf(member, cohort).account === account,
    )
    .map(({ person }) => person.id);
  const makeUps = await store.records.makeUps.ofCohort(cohort.id);
  return makeUps.filter(({ state, person }) => state !== 'not-needed' && known.includes(person.id));
};
