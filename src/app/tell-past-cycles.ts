/** Tells the staff once that the last day of a cycle has passed: it ends when somebody ends it. */
import { isPast } from '../core/cycle.ts';
import { allow } from '../core/outcome.ts';
import { addDays, dateOf, type LocalDate } from '../core/wall-time.ts';
import type { World } from '../ports/world.ts';
import { notify } from './notify.ts';

/** So many at one beat: what is left over is found by the next. */
const AT_ONE_BEAT = 100;

/** The day that it is anywhere by now, at the latest. */
const latestDay = ({ zones, clock }: Pick<World, 'zones' | 'clock'>): LocalDate =>
  addDays(dateOf(zones.wall(clock.now(), 'UTC')), 1);

/** What the line of the ledger about it bears. */
const pastKey = (cycleId: string): string => `cycle-past:${cycleId}`;

/** Doing it again tells nobody twice, since every line of the ledger is claimed by its key. */
export const tellPastCycles = async (
  world: Pick<World, 'store' | 'clock' | 'zones' | 'ids'>,
): Promise<void> => {
  const { store, clock, zones } = world;
  for (const cycle of await store.records.cycles.untold(latestDay(world), AT_ONE_BEAT)) {
    const { id, cohortId, number, lastDay } = cycle;
    const cohort = await store.records.cohorts.byId(cohortId);
    if (!cohort || !isPast(cycle, dateOf(zones.wall(clock.now(), cohort.zone)))) continue;
    await store.change(async (records) => {
      const announcement = { kind: 'cycle-past', number, lastDay, cohortId } as const;
      await notify(world, records, { cohortId, key: pastKey(id), room: 'staff', announcement });
      return allow(null);
    });
  }
};
