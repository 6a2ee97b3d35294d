/** Makes the meeting of one participant and their therapist, with rooms of their own, within a change. */
import type { Cohort } from '../core/cohort.ts';
import type { Two } from '../core/individual.ts';
import type { PlannedOccurrence } from '../core/occurrence.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { bringAll } from './bring-all.ts';
import { bothFree, type Time } from './individual-time.ts';
import { keepPair } from './pair-room.ts';
import { awaitMilestone } from './plan-occurrences.ts';

interface Booking {
  readonly cohort: Cohort;
  readonly two: Two;
  readonly time: Time;
}

/** Books it when both are free. What is due around it is asked for, and the rooms open when their time has come. */
export const bookIndividual = async (
  world: Pick<World, 'ids' | 'zones' | 'clock'>,
  records: Records,
  booking: Booking,
): Promise<Outcome<PlannedOccurrence>> => {
  const { cohort, two, time } = booking;
  const id = world.ids.next();
  const free = await bothFree(world, records, { cohort, two }, { ...time, id });
  if (!free.ok) return free;
  const rooms = await keepPair(records, cohort, two);
  if (!rooms.ok) return rooms;
  const now = world.clock.now();
  const occurrence: PlannedOccurrence = {
    ...{ id, cohortId: cohort.id, zone: cohort.zone, ...time },
    wall: world.zones.wall(time.startsAt, cohort.zone),
    individual: two,
    state: 'planned',
    ...{ revision: 0, changedAt: now, version: 0 },
  };
  if (!(await records.occurrences.claim(occurrence))) return refuse({ code: 'somebody-was-first' });
  await awaitMilestone(records, occurrence, cohort, now);
  await bringAll(records, cohort.id);
  return allow(occurrence);
};
