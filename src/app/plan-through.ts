/** Makes rows of what a schedule names until the end of a day, so that somebody can name a meeting of it. */
import { addDays, type LocalDate } from '../core/wall-time.ts';
import type { World } from '../ports/world.ts';
import type { Calendar } from './change-calendar.ts';
import { planUntil } from './plan-occurrences.ts';

/** Plans through the day, within the change; nothing to do where it is planned already, or where no schedule runs. */
export const planThrough = async (
  world: Pick<World, 'ids' | 'zones' | 'clock'>,
  { records, cohort }: Calendar,
  date: LocalDate,
): Promise<void> => {
  const schedule = await records.schedules.running(cohort.id);
  if (!schedule) return;
  const end = date < schedule.lastDate ? date : schedule.lastDate;
  const until = world.zones.place(`${addDays(end, 1)}T00:00`, schedule.zone).at;
  await planUntil(world, records, { schedule, cohort, until });
};
