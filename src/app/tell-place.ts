/** Somebody tells before a session where they are and whom to call for them, that it is as last time, or nothing. */
import type { AsksPlace } from '../core/board.ts';
import type { Cohort, Roster } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import { type PlacesNow, type PlaceWords, placesNow, type ToldPlace } from '../core/place.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { individualNear, sessionNear } from './session-near.ts';

/** What somebody tells: nothing at all, when they pass. */
export type PlaceTold =
  | { readonly how: 'passed' }
  | ({ readonly how: 'private' | 'not-private' } & PlaceWords);

interface Telling {
  readonly cohortId: string;
  readonly person: Person;
}

/** Before a session of the group, and before a time of their own with their therapist. */
const asking = async (
  records: Records,
  { cohortId, person }: Telling,
  now: Date,
): Promise<Outcome<Cohort>> => {
  const cohort = await activeCohort(records, cohortId);
  if (!cohort.ok) return cohort;
  const asks =
    cohort.value.settings.confirmsPlace &&
    ((await sessionNear(records, cohort.value, now)) ??
      (await individualNear(records, { cohortId, personId: person.id, now })));
  return asks ? cohort : refuse({ code: 'place-not-asked' });
};

/** Whether somebody is asked for it now. */
export const mayTellPlace = async ({ store, clock }: World, telling: Telling): Promise<Outcome<null>> => {
  const cohort = await asking(store.records, telling, clock.now());
  return cohort.ok ? allow(null) : cohort;
};

/** Keeps it; a group that is treatment needs to know, and takes no pass. */
export const tellPlace = (
  world: World,
  { cohortId, person }: Telling,
  told: PlaceTold,
): Promise<Outcome<null>> =>
  world.store.change(async (records) => {
    const now = world.clock.now();
    const cohort = await asking(records, { cohortId, person }, now);
    if (!cohort.ok) return cohort;
    if (told.how === 'passed' && cohort.value.clinical) return refuse({ code: 'place-is-needed' });
    const kept: ToldPlace = { id: world.ids.next(), cohortId, person, at: now, ...told };
    await records.toldPlaces.put(kept);
    await records.jobs.enqueue({ name: 'bring-boards', cohortId });
    return allow(null);
  });

/** Confirms what they told last; false, when nothing is kept of it any more. */
export const repeatPlace = (world: World, { cohortId, person }: Telling): Promise<Outcome<boolean>> =>
  world.store.change<boolean>(async (records) => {
    const now = world.clock.now();
    const cohort = await asking(records, { cohortId, person }, now);
    if (!cohort.ok) return cohort;
    const isKept = await records.toldPlaces.repeat(cohortId, person.id, now);
    if (isKept) await records.jobs.enqueue({ name: 'bring-boards', cohortId });
    return allow(isKept);
  });

/** What cards ask, where the group wants it. */
export const asksPlace = ({
  settings,
  clinical,
}: Pick<Cohort, 'settings' | 'clinical'>): { readonly asksPlace?: AsksPlace } =>
  settings.confirmsPlace ? { asksPlace: { mayPass: clinical !== true } } : {};

/** Who of the signed has confirmed where they are; undefined while nobody is asked. */
export const gatherPlaces = async (
  { store, clock }: Pick<World, 'store' | 'clock'>,
  cohort: Cohort,
  signed: Roster,
): Promise<PlacesNow | undefined> => {
  if (!cohort.settings.confirmsPlace || cohort.state !== 'active') return undefined;
  const { records } = store;
  const near = await sessionNear(records, cohort, clock.now());
  if (!near) return undefined;
  const answers = near.occurrence ? await records.rsvps.ofOccurrence(near.occurrence.id) : [];
  return placesNow(
    signed.map(({ person }) => person),
    await records.toldPlaces.marks(cohort.id),
    {
      startsAt: near.startsAt,
      away: answers.filter(({ answer }) => answer === 'not-coming').map(({ person }) => person.id),
    },
  );
};
