/** Puts people on the list of those who wait for a place in a cohort, takes them off, and offers the place in order. */
import type { Cohort } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { mayWait, type WaitlistEntry } from '../core/waitlist.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { type Enrolled, enrolIn } from './enrol-member.ts';

export interface Waiting {
  readonly cohort: Cohort;
  /** In their order. */
  readonly waiting: readonly WaitlistEntry[];
}

export interface WaitDemand {
  readonly cohortId: string;
  readonly newcomer: { readonly account: string; readonly bot: boolean };
  /** Account of the admin. */
  readonly by: string;
}

/** Puts somebody at the end of the list; refused while there is a place for them. */
export const addToWaitlist = (
  world: World,
  { cohortId, newcomer, by }: WaitDemand,
): Promise<Outcome<Waiting>> =>
  world.store.change<Waiting>(async (records) => {
    const cohort = await activeCohort(records, cohortId);
    if (!cohort.ok) return cohort;
    const waiting = await records.waitlists.waiting(cohortId);
    const roster = await records.memberships.roster(cohortId);
    const may = mayWait({ cohort: cohort.value, roster, newcomer }, waiting);
    if (!may.ok) return may;
    const person = await records.people.known(newcomer.account);
    const entry = { id: world.ids.next(), cohortId, person, addedBy: by, addedAt: world.clock.now() };
    await records.waitlists.add(entry);
    return allow({ cohort: cohort.value, waiting: [...waiting, entry] });
  });

/** Takes somebody off the list. */
export const removeFromWaitlist = (
  world: World,
  { cohortId, account, by }: { readonly cohortId: string; readonly account: string; readonly by: string },
): Promise<Outcome<Waiting>> =>
  world.store.change<Waiting>(async (records) => {
    const cohort = await activeCohort(records, cohortId);
    if (!cohort.ok) return cohort;
    const waiting = await records.waitlists.waiting(cohortId);
    const entry = waiting.find(({ person }) => person.account === account);
    if (!entry) return refuse({ code: 'not-on-waitlist' });
    await records.waitlists.settle(entry.id, { outcome: 'removed', by, at: world.clock.now() });
    return allow({ cohort: cohort.value, waiting: waiting.filter(({ id }) => id !== entry.id) });
  });

/** Enrols whoever is first, when that is still the one who was shown; after the beginning the group is asked anew. */
export const enrolNext = (
  world: World,
  { cohortId, shown, by }: { readonly cohortId: string; readonly shown: string; readonly by: string },
): Promise<Outcome<Enrolled>> =>
  world.store.change<Enrolled>(async (records) => {
    const [next] = await records.waitlists.waiting(cohortId);
    if (!next) return refuse({ code: 'nobody-on-waitlist' });
    if (next.person.account !== shown) return refuse({ code: 'somebody-was-first' });
    const newcomer = { account: shown, bot: false };
    return enrolIn(world, records, { cohortId, newcomer, reopenConsent: true, by });
  });

/** Within a change after which there is a place: the staff is told when somebody waits for it, without a name. */
export const tellOfPlace = async (
  { ids, clock }: Pick<World, 'ids' | 'clock'>,
  { waitlists, announcements, jobs }: Pick<Records, 'waitlists' | 'announcements' | 'jobs'>,
  cohortId: string,
): Promise<number> => {
  const waiting = await waitlists.waiting(cohortId);
  if (waiting.length === 0) return 0;
  const id = ids.next();
  const announcement = { kind: 'place-free', waiting: waiting.length } as const;
  await announcements.add({ id, cohortId, room: 'staff', announcement, madeAt: clock.now() });
  await jobs.enqueue({ name: 'announce', cohortId, announcementId: id });
  return waiting.length;
};
