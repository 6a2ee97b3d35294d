/** Makes rows of the meetings that a schedule names for the weeks ahead: the insert is the claim, whoever is first. */
import type { Cohort } from '../core/cohort.ts';
import { milestonesAhead } from '../core/milestone.ts';
import type { Occurrence, PlannedOccurrence, SkippedOccurrence } from '../core/occurrence.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import { type Meeting, meetingsBetween, PLANNED_AHEAD_DAYS, type RunningSchedule } from '../core/schedule.ts';
import { after, DAY } from '../core/time.ts';
import { addDays, dateOf } from '../core/wall-time.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** Has the next milestone of a meeting come, when its moment has; there is one such job a meeting at a time. */
export const awaitMilestone = async (
  { jobs }: Pick<Records, 'jobs'>,
  occurrence: Occurrence,
  cohort: Pick<Cohort, 'settings'>,
  now: Date,
): Promise<void> => {
  const [next] = milestonesAhead(occurrence, cohort.settings, now);
  if (!next) return;
  const { id: occurrenceId, cohortId, revision } = occurrence;
  const startsAt = occurrence.startsAt.toISOString();
  const { milestone } = next;
  await jobs.enqueue(
    { name: 'occurrence-due', cohortId, occurrenceId, startsAt, revision, milestone },
    next.at,
  );
};

const occurrenceOf = (
  { ids }: Pick<World, 'ids'>,
  schedule: RunningSchedule,
  { wall, at }: Meeting,
  { holidays, now }: { readonly holidays: readonly string[]; readonly now: Date },
): PlannedOccurrence | SkippedOccurrence => {
  const plan = {
    id: ids.next(),
    cohortId: schedule.cohortId,
    scheduleId: schedule.id,
    wall,
    zone: schedule.zone,
    startsAt: at,
    minutes: schedule.minutes,
    revision: 0,
    changedAt: now,
    version: 0,
  };
  return holidays.includes(dateOf(wall))
    ? { ...plan, state: 'skipped', skippedFor: 'holiday' }
    : { ...plan, state: 'planned' };
};

/**
 * Within the change given, makes the rows of a schedule until a moment, and asks for their milestones. What has begun
 * already is left out: nobody could come to it.
 */
export const planUntil = async (
  world: Pick<World, 'ids' | 'zones' | 'clock'>,
  records: Records,
  {
    schedule,
    cohort,
    until,
  }: {
    readonly schedule: RunningSchedule;
    readonly cohort: Pick<Cohort, 'settings'>;
    readonly until: Date;
  },
): Promise<RunningSchedule> => {
  if (until <= schedule.plannedUntil) return schedule;
  const now = world.clock.now();
  const holidays = await records.holidays.ofCohort(schedule.cohortId);
  // A day more on either side: a clock may be moved across midnight.
  const from = addDays(dateOf(world.zones.wall(schedule.plannedUntil, schedule.zone)), -1);
  const to = addDays(dateOf(world.zones.wall(until, schedule.zone)), 1);
  for (const meeting of meetingsBetween(schedule, { from, to }, world.zones)) {
    if (meeting.at <= now || meeting.at <= schedule.plannedUntil || meeting.at > until) continue;
    const occurrence = occurrenceOf(world, schedule, meeting, { holidays, now });
    const claimed = await records.occurrences.claim(occurrence);
    if (claimed && occurrence.state === 'planned') await awaitMilestone(records, occurrence, cohort, now);
  }
  const planned = { ...schedule, plannedUntil: until };
  await records.schedules.save(planned);
  return { ...planned, version: schedule.version + 1 };
};

/** The moment until which meetings ought to be rows. */
export const planningHorizon = (now: Date): Date => after(now, PLANNED_AHEAD_DAYS * DAY);

/** The step that plans one schedule further; of two processes at once, one does it. */
export const planOccurrences = async (
  world: Pick<World, 'ids' | 'zones' | 'clock'>,
  records: Records,
  { scheduleId }: { readonly scheduleId: string },
): Promise<Outcome<null>> => {
  const schedule = await records.schedules.byId(scheduleId);
  const cohort = schedule && (await records.cohorts.byId(schedule.cohortId));
  if (schedule?.state !== 'running' || cohort?.state !== 'active') return allow(null);
  await planUntil(world, records, { schedule, cohort, until: planningHorizon(world.clock.now()) });
  await records.jobs.enqueue({ name: 'bring-events', cohortId: cohort.id });
  return allow(null);
};
