/** Sets for how long a cohort keeps what, and places and lifts legal holds. */
import type { Cohort } from '../core/cohort.ts';
import type { Confidential } from '../core/confidential.ts';
import type { LegalHold } from '../core/legal-hold.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { CohortDays, DataClass } from '../core/own-data.ts';
import type { Person } from '../core/person.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** What holds in a cohort that is other than usual. */
export const cohortDays = ({ store }: World, { id }: Cohort): Promise<readonly CohortDays[]> =>
  store.records.retentions.ofCohorts([id]);

/** So many days from now on; as usual again, when none are given. */
export const setCohortDays = (
  { store }: World,
  { id: cohortId }: Cohort,
  { is, days }: { readonly is: DataClass; readonly days?: number | undefined },
): Promise<Outcome<null>> =>
  store.change(async ({ retentions }) => {
    await (days === undefined ? retentions.forget(cohortId, is) : retentions.set({ cohortId, is, days }));
    return allow(null);
  });

/** Whoever is or was a member; also of a group that has ended. */
const memberOf = async (
  { memberships }: Records,
  cohortId: string,
  account: string,
): Promise<Person | undefined> =>
  (await memberships.rosterSince(cohortId, new Date(0))).find(({ person }) => person.account === account)
    ?.person;

export interface HoldWish {
  readonly cohort: Cohort;
  /** Everybody in the cohort, when missing. */
  readonly account?: string | undefined;
  /** Account of the admin. */
  readonly by: string;
}

const personOf = async (
  records: Records,
  { cohort, account }: HoldWish,
): Promise<Outcome<Person | undefined>> => {
  if (account === undefined) return allow(undefined);
  const person = await memberOf(records, cohort.id, account);
  return person ? allow(person) : refuse({ code: 'not-enrolled' });
};

/** From now on nothing goes. */
export const placeHold = (
  { store, ids, clock }: World,
  wish: HoldWish,
  reason: Confidential<string>,
): Promise<Outcome<null>> =>
  store.change(async (records) => {
    const found = await personOf(records, wish);
    if (!found.ok) return found;
    await records.legalHolds.place({
      ...{ id: ids.next(), cohortId: wish.cohort.id, reason, placedBy: wish.by, placedAt: clock.now() },
      ...(found.value && { person: found.value }),
    });
    return allow(null);
  });

/** What was kept long enough goes in the next night. */
export const liftHold = ({ store, clock }: World, wish: HoldWish): Promise<Outcome<null>> =>
  store.change(async ({ legalHolds }) => {
    const holds = await legalHolds.ofCohort(wish.cohort.id);
    const hold = holds.find(({ person }) => person?.account === wish.account);
    if (!hold) return refuse({ code: 'not-held' });
    await legalHolds.lift(hold.id, wish.by, clock.now());
    return allow(null);
  });

/** Those that are not lifted. */
export const listHolds = ({ store }: World, { id }: Cohort): Promise<readonly LegalHold[]> =>
  store.records.legalHolds.ofCohort(id);
