/** Makes a day one on which a cohort does not meet, or an ordinary day again. */
import { told } from '../core/calendar-news.ts';
import { changeOccurrence, type Occurrence } from '../core/occurrence.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { dateOf, type LocalDate } from '../core/wall-time.ts';
import { readDate } from '../core/when.ts';
import type { World } from '../ports/world.ts';
import { type Calendar, changeCalendar, tellCalendar } from './change-calendar.ts';
import { groupMeetingsOn, withinReach } from './find-group-meeting.ts';
import { planThrough } from './plan-through.ts';
import { restoreIn } from './restore-meeting.ts';
import { saveMeeting } from './save-meeting.ts';

export interface HolidayWish {
  readonly cohortId: string;
  /** As somebody wrote it. */
  readonly date: string;
  readonly what: 'add' | 'remove';
  /** Account. */
  readonly by: string;
}

export interface HolidaySet {
  readonly date: LocalDate;
  readonly what: HolidayWish['what'];
  /** The meetings that are left out, or taken up again, with it. */
  readonly meetings: readonly Occurrence[];
}

const ahead = async (world: World, calendar: Calendar, written: string): Promise<Outcome<LocalDate>> => {
  const date = readDate(written);
  if (!date.ok) return date;
  const today = dateOf(world.zones.wall(calendar.now, calendar.cohort.zone));
  if (date.value < today) return refuse({ code: 'move-into-the-past' });
  return withinReach(world, calendar, date.value);
};

const leaveOut = async (
  world: World,
  { records, cohort, now }: Calendar,
  meetings: readonly Occurrence[],
): Promise<Outcome<readonly Occurrence[]>> => {
  const skipped: Occurrence[] = [];
  for (const meeting of meetings) {
    if (meeting.state !== 'planned' || meeting.startsAt <= now) continue;
    const next = changeOccurrence(meeting, { kind: 'skip', why: 'holiday' }, now);
    if (!next.ok) return next;
    await saveMeeting(world, records, cohort, { before: meeting, after: next.value });
    skipped.push(next.value);
  }
  return allow(skipped);
};

const takeUp = async (
  world: World,
  calendar: Calendar,
  meetings: readonly Occurrence[],
): Promise<Outcome<readonly Occurrence[]>> => {
  const restored: Occurrence[] = [];
  for (const meeting of meetings) {
    const leftOut = meeting.state === 'skipped' && meeting.skippedFor === 'holiday';
    if (!leftOut || meeting.startsAt <= calendar.now) continue;
    const next = await restoreIn(world, calendar, meeting);
    if (!next.ok) return next;
    restored.push(next.value);
  }
  return allow(restored);
};

/** Planning reads the holidays: its schedule is saved with them, so that neither overlooks the other. */
const holdPlanning = async ({ records, cohort }: Calendar): Promise<void> => {
  const schedule = await records.schedules.running(cohort.id);
  if (schedule) await records.schedules.save(schedule);
};

const note = async (
  { records, cohort, now }: Calendar,
  date: LocalDate,
  { what, by }: HolidayWish,
): Promise<Outcome<null>> => {
  const there = (await records.holidays.ofCohort(cohort.id)).includes(date);
  if (there === (what === 'add')) return refuse({ code: there ? 'is-holiday' : 'no-holiday' });
  if (what === 'add') await records.holidays.add(cohort.id, date, by, now);
  else await records.holidays.remove(cohort.id, date);
  return allow(null);
};

const tell = async (
  world: World,
  calendar: Calendar,
  what: HolidayWish['what'],
  meetings: readonly Occurrence[],
): Promise<void> => {
  if (meetings.length === 0) return;
  const kind = what === 'add' ? 'meetings-skipped' : 'meetings-restored';
  await tellCalendar(world, calendar, { kind, at: told(meetings.map(({ startsAt }) => startsAt)) });
};

/** Sets it. Refused for a day that is over, and when nothing would change. */
export const setHoliday = (world: World, wish: HolidayWish): Promise<Outcome<HolidaySet>> =>
  changeCalendar<HolidaySet>(world, wish.cohortId, async (calendar) => {
    const { what } = wish;
    const date = await ahead(world, calendar, wish.date);
    if (!date.ok) return date;
    await planThrough(world, calendar, date.value);
    await holdPlanning(calendar);
    const noted = await note(calendar, date.value, wish);
    if (!noted.ok) return noted;
    const all = await groupMeetingsOn(world, calendar, date.value);
    const meetings = await (what === 'add' ? leaveOut(world, calendar, all) : takeUp(world, calendar, all));
    if (!meetings.ok) return meetings;
    await tell(world, calendar, what, meetings.value);
    return allow({ date: date.value, what, meetings: meetings.value });
  });
