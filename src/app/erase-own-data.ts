/** Erases what is kept of somebody when they ask for it: by class, or their whole person after they have left. */
import type { Cohort } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { type DataClass, ERASABLE } from '../core/own-data.ts';
import type { Person } from '../core/person.ts';
import type { Records, Whose } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { bringAll } from './bring-all.ts';

/** Of each class that was asked for and of which there was something, how much went. */
export type Erased = ReadonlyMap<DataClass, number>;

/** Whom it is about, and the server in which they ask. */
interface Asking {
  readonly person: Person;
  readonly guildId: string;
}

const eraseIn = async (
  { ownData }: Records,
  whose: Whose,
  classes: readonly DataClass[],
): Promise<Erased> => {
  const there = await ownData.counts(whose);
  const erased = new Map<DataClass, number>();
  for (const each of classes) {
    if (there.get(each)) erased.set(each, await ownData.erase(whose, each));
  }
  return erased;
};

/** Cards show nothing any more of what is gone. */
const showAnew = async ({ jobs }: Records, cohorts: readonly Cohort[]): Promise<void> => {
  for (const { id, state } of cohorts) {
    if (state === 'active') await jobs.enqueue({ name: 'bring-boards', cohortId: id });
  }
};

/** Whether nothing of what is kept is held. */
export const mayGo = async ({ legalHolds }: Records, whose: Whose): Promise<Outcome<null>> =>
  (await legalHolds.holds(whose)) ? refuse({ code: 'on-hold' }) : allow(null);

/** Of one server; classes that stay are not erased, whatever is asked for. */
export const eraseOwnData = (
  { store, clock, ids }: World,
  { person, guildId }: Asking,
  classes: readonly DataClass[],
): Promise<Outcome<Erased>> =>
  store.change(async (records) => {
    const erasable = ERASABLE.filter((each) => classes.includes(each));
    const whose = { personId: person.id, guildId };
    const may = await mayGo(records, whose);
    if (!may.ok) return may;
    const erased = await eraseIn(records, whose, erasable);
    if (erased.size > 0) {
      await records.erasures.note({ id: ids.next(), at: clock.now(), ...whose, classes: [...erased.keys()] });
    }
    await showAnew(records, await records.cohorts.everOf(guildId, person.account));
    return allow(erased);
  });

/**
 * Whether somebody may be erased whole; refused as long as they are part of a programme. That another server names them is
 * no reason, unless they signed there or looked after somebody: else whoever has a server could keep them from it.
 */
export const mayBeErased = async (records: Records, { person, guildId }: Asking): Promise<Outcome<null>> => {
  const { takesPart, isStaff, isHeld } = await records.ownData.tiesOf(person.id, guildId);
  if (takesPart) return refuse({ code: 'still-takes-part' });
  if (isStaff) return refuse({ code: 'still-staff' });
  return isHeld ? refuse({ code: 'on-hold' }) : allow(null);
};

/** Ends what others made of them elsewhere, and tells the staff where it leaves a group without one of its facilitators. */
const leaveAll = async ({ ids, clock }: World, records: Records, personId: string): Promise<void> => {
  const { cohortIds, led } = await records.ownData.endTies(personId, clock.now());
  for (const cohortId of new Set([...cohortIds, ...led])) await bringAll(records, cohortId);
  for (const cohortId of led) {
    const announcement = { kind: 'facilitator-gone' } as const;
    const id = ids.next();
    await records.announcements.add({ id, cohortId, room: 'staff', announcement, madeAt: clock.now() });
    await records.jobs.enqueue({ name: 'announce', cohortId, announcementId: id });
  }
};

/**
 * In every server: all that may go goes, their key is destroyed, so that nothing opens any more of what is sealed, and
 * what stays is of nobody. Should they come back, they are somebody new.
 */
export const erasePerson = (world: World, { person, guildId }: Asking): Promise<Outcome<Erased>> =>
  world.store.change(async (records) => {
    const now = world.clock.now();
    await showAnew(records, await records.cohorts.everOf(guildId, person.account));
    // First, for it waits for whoever is putting them on a roster just now: then that is seen.
    await records.ownData.unname(person.id);
    const may = await mayBeErased(records, { person, guildId });
    if (!may.ok) return may;
    await leaveAll(world, records, person.id);
    const erased = await eraseIn(records, { personId: person.id }, ERASABLE);
    await records.dataKeys.destroy(person.id, now);
    await records.erasures.note({ id: world.ids.next(), at: now, personId: person.id });
    return allow(erased);
  });
