/** Ends the schedule of a cohort: what it planned is left out, what has been is kept. */
import { changeOccurrence, type PlannedOccurrence } from '../core/occurrence.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { RunningSchedule } from '../core/schedule.ts';
import type { World } from '../ports/world.ts';
import { type Calendar, changeCalendar, tellCalendar } from './change-calendar.ts';
import { saveMeeting } from './save-meeting.ts';

export interface ScheduleEnd {
  readonly schedule: RunningSchedule;
  /** Planned meetings of it that are left out with it. */
  readonly leftOut: readonly PlannedOccurrence[];
  /** Planned meetings of the group that were added by hand: they stay. */
  readonly staying: readonly PlannedOccurrence[];
}

const ofEnd = async ({ records, cohort, now }: Calendar, schedule: RunningSchedule): Promise<ScheduleEnd> => {
  const ahead = (await records.occurrences.ahead(cohort.id, now)).filter(({ startsAt }) => startsAt > now);
  return {
    schedule,
    leftOut: ahead.filter(({ scheduleId }) => scheduleId === schedule.id),
    staying: ahead.filter(({ scheduleId, individual }) => scheduleId === undefined && !individual),
  };
};

const leaveOut = async (
  world: Pick<World, 'clock'>,
  { records, cohort, now }: Calendar,
  meetings: readonly PlannedOccurrence[],
): Promise<void> => {
  for (const meeting of meetings) {
    const left = changeOccurrence(meeting, { kind: 'skip', why: 'ended' }, now);
    if (left.ok) await saveMeeting(world, records, cohort, { before: meeting, after: left.value });
  }
};

const stop = ({ records, now }: Calendar, schedule: RunningSchedule): Promise<void> =>
  records.schedules.save({ ...schedule, state: 'ended', endedAt: now });

/** What would end, when a schedule runs; nothing is changed. */
export const endable = async (
  { store, clock }: Pick<World, 'store' | 'clock'>,
  cohort: Calendar['cohort'],
): Promise<Outcome<ScheduleEnd>> => {
  const { records } = store;
  const schedule = await records.schedules.running(cohort.id);
  if (!schedule) return refuse({ code: 'no-schedule' });
  return allow(await ofEnd({ records, cohort, now: clock.now() }, schedule));
};

/** Ends it. Refused with `no-schedule` when none runs. */
export const endSchedule = (world: World, cohortId: string): Promise<Outcome<ScheduleEnd>> =>
  changeCalendar<ScheduleEnd>(world, cohortId, async (calendar) => {
    const schedule = await calendar.records.schedules.running(cohortId);
    if (!schedule) return refuse({ code: 'no-schedule' });
    const end = await ofEnd(calendar, schedule);
    await stop(calendar, schedule);
    await leaveOut(world, calendar, end.leftOut);
    await tellCalendar(world, calendar, { kind: 'schedule-ended' });
    return allow(end);
  });

/** Within the change that ends a cohort: its schedule ends, and no meeting of the group stays planned. */
export const endCalendar = async (world: Pick<World, 'clock'>, calendar: Calendar): Promise<void> => {
  const { records, cohort, now } = calendar;
  const schedule = await records.schedules.running(cohort.id);
  if (schedule) await stop(calendar, schedule);
  const ahead = await records.occurrences.ahead(cohort.id, now);
  const ofGroup = ahead.filter(({ individual }) => !individual);
  await leaveOut(world, calendar, ofGroup);
};
