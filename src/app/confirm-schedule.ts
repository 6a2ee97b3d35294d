/** Puts a schedule in force that was shown before, in the place of the one that it was shown against: all of it at once. */

import { told } from '../core/calendar-news.ts';
import type { Cohort } from '../core/cohort.ts';
import { changeOccurrence, type OccurrenceRequest, type PlannedOccurrence } from '../core/occurrence.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Kept, Replacement } from '../core/replacement.ts';
import {
  DRAFT_HOLDS,
  type DraftSchedule,
  type EndedSchedule,
  type RunningSchedule,
} from '../core/schedule.ts';
import { between } from '../core/time.ts';
import type { World } from '../ports/world.ts';
import { type Calendar, changeCalendar, tellCalendar } from './change-calendar.ts';
import { planningHorizon, planUntil } from './plan-occurrences.ts';
import { saveMeeting } from './save-meeting.ts';
import { type Weighed, weighSchedule } from './weigh-schedule.ts';

export interface Confirmation {
  readonly cohortId: string;
  readonly draftId: string;
}

export interface Confirmed {
  readonly schedule: RunningSchedule;
  readonly cohort: Cohort;
  /** False when somebody pressed once more: nothing was done a second time. */
  readonly anew: boolean;
}

const isFresh = ({ writtenAt, replaces }: DraftSchedule, running: RunningSchedule | undefined, now: Date) =>
  between(writtenAt, now) <= DRAFT_HOLDS && replaces === running?.id;

const change = async (
  world: Pick<World, 'clock'>,
  { records, cohort, now }: Calendar,
  occurrence: Kept['occurrence'] | PlannedOccurrence,
  request: OccurrenceRequest,
): Promise<void> => {
  const next = changeOccurrence(occurrence, request, now);
  if (!next.ok) throw new Error(`a meeting ahead is not changed: ${next.refusal.code}`);
  await saveMeeting(world, records, cohort, { before: occurrence, after: next.value });
};

/** What both schedules name stays the same row: what people answered to it, and what waits for it, stays. */
const takeOver = async (
  world: Pick<World, 'clock'>,
  calendar: Calendar,
  { kept, dropped }: Replacement,
  { id: scheduleId, zone, minutes }: DraftSchedule,
): Promise<void> => {
  for (const occurrence of dropped)
    await change(world, calendar, occurrence, { kind: 'skip', why: 'replaced' });
  for (const { occurrence, meeting } of kept) {
    const by = { scheduleId, zone, minutes };
    await change(world, calendar, occurrence, { kind: 'adopt', by, wall: meeting.wall });
  }
};

const cohortWith = (cohort: Cohort, { zone, shownAsEvents }: DraftSchedule): Cohort => ({
  ...cohort,
  zone,
  settings: { ...cohort.settings, ...(shownAsEvents !== undefined && { shownAsEvents }) },
});

const putInForce = async (
  world: World,
  calendar: Calendar,
  draft: DraftSchedule,
  { running, weighed }: { readonly running: RunningSchedule | undefined; readonly weighed: Weighed },
): Promise<Confirmed> => {
  const { records, now } = calendar;
  const cohort = cohortWith(calendar.cohort, draft);
  if (running)
    await records.schedules.save({ ...running, state: 'ended', endedAt: now } satisfies EndedSchedule);
  await takeOver(world, calendar, weighed.replacement, draft);
  const started: RunningSchedule = { ...draft, state: 'running', plannedUntil: now };
  await records.schedules.save(started);
  await records.cohorts.save(cohort);
  const versioned = { ...started, version: started.version + 1 };
  const schedule = await planUntil(world, records, {
    schedule: versioned,
    cohort,
    until: planningHorizon(now),
  });
  const moments = weighed.meetings.map(({ at }) => at);
  const last = told(moments.slice(-1)).join('');
  await tellCalendar(world, calendar, { kind: 'schedule-set', next: told(moments.slice(0, 3)), last });
  return { schedule, cohort, anew: true };
};

/**
 * Confirms; once more is the same as once. Refused with `draft-is-gone` when it is too old, or when another schedule was
 * put in force since it was shown.
 */
export const confirmSchedule = (
  world: World,
  { cohortId, draftId }: Confirmation,
): Promise<Outcome<Confirmed>> =>
  changeCalendar<Confirmed>(world, cohortId, async (calendar) => {
    const { records, cohort, now } = calendar;
    const draft = await records.schedules.byId(draftId);
    if (draft?.cohortId !== cohortId || draft.state === 'ended') return refuse({ code: 'draft-is-gone' });
    if (draft.state === 'running') return allow({ schedule: draft, cohort, anew: false });
    const running = await records.schedules.running(cohortId);
    if (!isFresh(draft, running, now)) return refuse({ code: 'draft-is-gone' });
    const weighed = await weighSchedule(world, calendar, draft, running);
    if (!weighed.ok) return weighed;
    return allow(await putInForce(world, calendar, draft, { running, weighed: weighed.value }));
  });
