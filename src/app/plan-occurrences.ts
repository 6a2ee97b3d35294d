/** Makes rows of the meetings that a schedule names for the weeks ahead: the insert is the claim, whoever is first. */
import type { Cohort } from '../core/cohort.ts';
import { type Milestone, milestonesAhead } from '../core/milestone.ts';
import type { Occurrence, PlannedOccurrence, SkippedOccurrence } from '../core/occurrence.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import { type Meeting, meetingsBetween, PLANNED_AHEAD_DAYS, type RunningSchedule } from '../core/schedule.ts';
import { after, DAY } from '../core/time.ts';
import { addDays, dateOf } from '../core/wall-time.ts';
import type { Timed } from '../ports/jobs.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

type Timing = Pick<Cohort, 'settings'>;

/** The job that waits for the next milestone of a meeting; none when all are past. */
const waitingFor = (occurrence: Occurrence, { settings }: Timing, now: Date): readonly Timed[] => {
  const { id: occurrenceId, cohortId, revision } = occurrence;
  const startsAt = occurrence.startsAt.toISOString();
  return milestonesAhead(occurrence, settings, now)
    .slice(0, 1)
    .map(({ milestone, at }) => ({
      job: { name: 'occurrence-due', cohortId, occurrenceId, startsAt, revision, milestone },
      at,
    }));
};

/** Has the next milestone of a meeting come, when its moment has; there is one such job a meeting at a time. */
export const awaitMilestone = (
  { jobs }: Pick<Records, 'jobs'>,
  occurrence: Occurrence,
  cohort: Timing,
  now: Date,
): Promise<void> => jobs.enqueueAll(waitingFor(occurrence, cohort, now));

/** Has a milestone come once more at a moment, in place of the next one: that follows then. */
export const awaitAgain = (
  { jobs }: Pick<Records, 'jobs'>,
  { id: occurrenceId, cohortId, revision, startsAt }: Occurrence,
  milestone: Milestone,
  at: Date,
): Promise<void> => {
  const due = { cohortId, occurrenceId, startsAt: startsAt.toISOString(), revision, milestone };
  return jobs.enqueue({ name: 'occurrence-due', ...due }, at);
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
    readonly cohort: Timing;
    readonly until: Date;
  },
): Promise<RunningSchedule> => {
  if (until <= schedule.plannedUntil) return schedule;
  const now = world.clock.now();
  const holidays = await records.holidays.ofCohort(schedule.cohortId);
  // A day more on either side: a clock may be moved across midnight.
  const from = addDays(dateOf(world.zones.wall(schedule.plannedUntil, schedule.zone)), -1);
  const to = addDays(dateOf(world.zones.wall(until, schedule.zone)), 1);
  const occurrences = meetingsBetween(schedule, { from, to }, world.zones)
    .filter(({ at }) => at > now && at > schedule.plannedUntil && at <= until)
    .map((meeting) => occurrenceOf(world, schedule, meeting, { holidays, now }));
  const claimed = await records.occurrences.claimAll(occurrences);
  const planned = claimed.filter(({ state }) => state === 'planned');
  await records.jobs.enqueueAll(planned.flatMap((each) => waitingFor(each, cohort, now)));
  const further = { ...schedule, plannedUntil: until };
  await records.schedules.save(further);
  return { ...further, version: schedule.version + 1 };
};

/** The moment until which meetings ought to be rows. */
export const planningHorizon = (now: Date): Date => after(now, PLANNED_AHEAD_DAYS * DAY);

/** A schedule that plans nothing more: were it to stay, every heartbeat would find it again. */
const endWith = (records: Records, schedule: RunningSchedule, now: Date): Promise<void> =>
  records.schedules.save({ ...schedule, state: 'ended', endedAt: now });

/** Its last day is over, and so is every meeting of it, also one that was moved to a later day. */
const isOver = async (
  { zones }: Pick<World, 'zones'>,
  { occurrences }: Records,
  { id, cohortId, lastDate, zone }: RunningSchedule,
  now: Date,
): Promise<boolean> => {
  if (zones.place(`${addDays(lastDate, 1)}T00:00`, zone).at > now) return false;
  return (await occurrences.ahead(cohortId, now)).every(({ scheduleId }) => scheduleId !== id);
};

/** The step that plans one schedule further; of two processes at once, one does it. */
export const planOccurrences = async (
  world: Pick<World, 'ids' | 'zones' | 'clock'>,
  records: Records,
  { scheduleId }: { readonly scheduleId: string },
): Promise<Outcome<null>> => {
  const schedule = await records.schedules.byId(scheduleId);
  const cohort = schedule && (await records.cohorts.byId(schedule.cohortId));
  if (schedule?.state !== 'running' || !cohort) return allow(null);
  const now = world.clock.now();
  if (cohort.state === 'archived') await endWith(records, schedule, now);
  else {
    const further = await planUntil(world, records, { schedule, cohort, until: planningHorizon(now) });
    if (await isOver(world, records, further, now)) await endWith(records, further, now);
  }
  await records.jobs.enqueue({ name: 'bring-events', cohortId: cohort.id });
  return allow(null);
};
