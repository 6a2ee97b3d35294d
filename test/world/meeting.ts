/** Planned meetings of a group, without a schedule that makes them. */
import type { Cohort } from '../../src/core/cohort.ts';
import type { Occurrence, PlannedOccurrence } from '../../src/core/occurrence.ts';
import { allow } from '../../src/core/outcome.ts';
import type { TestWorld } from '../world.ts';

/** A meeting of the group that begins then, kept. */
export const aMeeting = async (
  world: TestWorld,
  cohort: Cohort,
  startsAt: Date,
  but: Partial<Pick<PlannedOccurrence, 'minutes' | 'individual'>> = {},
): Promise<PlannedOccurrence> => {
  const occurrence: PlannedOccurrence = {
    id: world.ids.next(),
    cohortId: cohort.id,
    wall: world.zones.wall(startsAt, cohort.zone),
    zone: cohort.zone,
    startsAt,
    minutes: 90,
    revision: 0,
    changedAt: world.clock.now(),
    version: 0,
    state: 'planned',
    ...but,
  };
  await world.store.change(async ({ occurrences }) => {
    await occurrences.claim(occurrence);
    return allow(null);
  });
  return occurrence;
};

/** Keeps what became of it. */
export const keepMeeting = async (world: TestWorld, occurrence: Occurrence): Promise<void> => {
  await world.store.change(async ({ occurrences }) => {
    await occurrences.save(occurrence);
    return allow(null);
  });
};
