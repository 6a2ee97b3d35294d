/** Gathers what people are told about the calendar of their cohort. */
import { type CalendarFacts, type Upcoming, upcoming } from '../core/calendar-facts.ts';
import type { Cohort } from '../core/cohort.ts';
import type { Occurrence, PlannedOccurrence, SkippedOccurrence } from '../core/occurrence.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import {
  lastDayOf,
  type Meeting,
  meetingsBetween,
  PREVIEWED,
  type RunningSchedule,
} from '../core/schedule.ts';
import { after } from '../core/time.ts';
import { addDays, dateOf, type LocalDate } from '../core/wall-time.ts';
import type { World } from '../ports/world.ts';
import { FARTHEST } from './weigh-schedule.ts';

const ofRow = ({ zones }: Pick<World, 'zones'>, occurrence: PlannedOccurrence, zone: string): Upcoming => {
  const { startsAt: at, wall, movedFrom, zone: named } = occurrence;
  const begins = zones.wall(at, zone);
  const asNamed = !movedFrom && named === zone;
  return asNamed
    ? { at, wall, begins, change: zones.place(wall, zone).change }
    : { at, wall: begins, begins, change: 'none' };
};

/** Those that the schedule names beyond what is kept as rows. */
const notYetRows = (
  { zones }: Pick<World, 'zones'>,
  schedule: RunningSchedule,
  holidays: readonly string[],
): readonly Meeting[] => {
  const { plannedUntil, zone, lastDate } = schedule;
  const from = addDays(dateOf(zones.wall(plannedUntil, zone)), -1);
  return meetingsBetween(schedule, { from, to: lastDate }, zones).filter(
    ({ at, wall }) => at > plannedUntil && !holidays.includes(dateOf(wall)),
  );
};

const isLeftOut = (occurrence: Occurrence): occurrence is SkippedOccurrence =>
  occurrence.state === 'skipped' && (occurrence.skippedFor === 'skip' || occurrence.skippedFor === 'holiday');

const isPlanned = (occurrence: Occurrence): occurrence is PlannedOccurrence => occurrence.state === 'planned';

const lastDay = async (
  { store, zones }: Pick<World, 'store' | 'zones'>,
  cohort: Cohort,
): Promise<{ readonly lastDay?: LocalDate }> => {
  const ended = await store.records.schedules.lastEnded(cohort.id);
  return ended ? { lastDay: lastDayOf(ended, zones) } : {};
};

/** The calendar as it stands. Refused with `no-schedule` when nothing is planned at all. */
export const showSchedule = async (
  world: Pick<World, 'store' | 'zones' | 'clock'>,
  cohort: Cohort,
): Promise<Outcome<CalendarFacts>> => {
  const { schedules, holidays: kept, occurrences } = world.store.records;
  const now = world.clock.now();
  const schedule = await schedules.running(cohort.id);
  const holidays = await kept.ofCohort(cohort.id);
  const rows = (await occurrences.between(cohort.id, now, after(now, FARTHEST))).filter(
    ({ individual }) => !individual,
  );
  const planned = rows.filter(isPlanned);
  const skipped = rows.filter(isLeftOut);
  const ended = schedule ? {} : await lastDay(world, cohort);
  if (!schedule && planned.length === 0 && skipped.length === 0) {
    return refuse({ code: 'no-schedule', ...ended });
  }
  const later = schedule ? notYetRows(world, schedule, holidays) : [];
  const next = [
    ...planned.map((occurrence) => ofRow(world, occurrence, cohort.zone)),
    ...later.map((meeting) => upcoming(meeting, cohort.zone, world.zones)),
  ];
  const today = dateOf(world.zones.wall(now, cohort.zone));
  return allow({
    cohort,
    ...(schedule && { schedule }),
    ...ended,
    next: next.toSorted((a, b) => +a.at - +b.at).slice(0, PREVIEWED),
    holidays: holidays.filter((date) => date >= today),
    skipped,
    moved: planned.filter(({ movedFrom }) => movedFrom !== undefined),
  });
};
