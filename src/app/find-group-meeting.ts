/** Finds the meeting of the whole group that somebody names: by its id, as lists and buttons do, or by its time. */
import { isId } from '../core/id.ts';
import type { Occurrence } from '../core/occurrence.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { LONGEST_CYCLE_DAYS } from '../core/schedule.ts';
import { addDays, dateOf, type LocalDate, timeOf } from '../core/wall-time.ts';
import { readDate, readTime } from '../core/when.ts';
import type { World } from '../ports/world.ts';
import type { Calendar } from './change-calendar.ts';
import { meetingsOn } from './find-meeting.ts';
import { planThrough } from './plan-through.ts';

/** Without a time, any of the day. */
interface Named {
  readonly date: LocalDate;
  readonly time?: string;
}

const namedBy = (written: string): Outcome<Named> => {
  const [, day = '', rest = ''] = /^(\d{4}-\d{2}-\d{2})(?:[T\s]+(.+))?$/.exec(written.trim()) ?? [];
  if (day === '') return refuse({ code: 'no-such-meeting' });
  const date = readDate(day);
  if (!date.ok || rest === '') return date.ok ? allow({ date: date.value }) : date;
  const time = readTime(rest);
  return time === undefined
    ? refuse({ code: 'time-unreadable', written: rest })
    : allow({ date: date.value, time });
};

/** A day of the cohort's calendar, as it may still be planned. Refused with `date-too-far`. */
export const withinReach = (
  { zones }: Pick<World, 'zones'>,
  { cohort, now }: Calendar,
  date: LocalDate,
): Outcome<LocalDate> => {
  const last = addDays(dateOf(zones.wall(now, cohort.zone)), LONGEST_CYCLE_DAYS);
  return date <= last ? allow(date) : refuse({ code: 'date-too-far', last });
};

/** All of the whole group on one day of the cohort's zone. */
export const groupMeetingsOn = async (
  world: Pick<World, 'zones'>,
  { records, cohort }: Calendar,
  date: LocalDate,
): Promise<readonly Occurrence[]> =>
  (await meetingsOn(world, records, cohort, date)).filter(({ individual }) => !individual);

const atTime = async (
  world: World,
  calendar: Calendar,
  { date, time }: Named,
): Promise<readonly Occurrence[]> => {
  await planThrough(world, calendar, date);
  const all = await groupMeetingsOn(world, calendar, date);
  const { zone } = calendar.cohort;
  return all.filter(
    ({ startsAt }) => time === undefined || timeOf(world.zones.wall(startsAt, zone)) === time,
  );
};

const candidates = async (
  world: World,
  calendar: Calendar,
  written: string,
): Promise<Outcome<readonly Occurrence[]>> => {
  if (isId(written)) {
    const found = await calendar.records.occurrences.byId(written);
    const own = found?.cohortId === calendar.cohort.id && !found.individual;
    return allow(own ? [found] : []);
  }
  const named = namedBy(written);
  if (!named.ok) return named;
  const within = withinReach(world, calendar, named.value.date);
  return within.ok ? allow(await atTime(world, calendar, named.value)) : within;
};

/** The meeting; of several at that time the first that is still ahead and in the state that is sought. */
export const findGroupMeeting = async (
  world: World,
  calendar: Calendar,
  { named, sought }: { readonly named: string; readonly sought: 'planned' | 'skipped' },
): Promise<Outcome<Occurrence>> => {
  const found = await candidates(world, calendar, named);
  if (!found.ok) return found;
  const fitting = found.value.find(({ state, startsAt }) => state === sought && startsAt > calendar.now);
  const meeting = fitting ?? found.value[0];
  return meeting ? allow(meeting) : refuse({ code: 'no-such-meeting' });
};
