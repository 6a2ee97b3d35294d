/** Moves one meeting of the group to another time; where the schedule had put it is kept. */
import { changeOccurrence, type Occurrence } from '../core/occurrence.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { dateOf, type Placement, timeOf, type WallTime } from '../core/wall-time.ts';
import { readDate, readTime } from '../core/when.ts';
import type { World } from '../ports/world.ts';
import { type Calendar, changeCalendar, tellCalendar } from './change-calendar.ts';
import { findGroupMeeting, withinReach } from './find-group-meeting.ts';
import { planThrough } from './plan-through.ts';
import { free } from './restore-meeting.ts';
import { saveMeeting } from './save-meeting.ts';
import type { MeetingNamed } from './skip-meeting.ts';

/** A day and a time in the cohort's zone, as somebody wrote them. */
export interface TimeWritten {
  readonly date?: string | undefined;
  readonly time?: string | undefined;
}

/** Where a meeting is put: as it was named, and where that is in time. */
export interface Placed extends Placement {
  readonly wall: WallTime;
  /** What the clocks show then. */
  readonly begins: WallTime;
  readonly zone: string;
}

/** The moment that is meant; what is left out is as `usual`. Everything of that day is planned first. */
export const placeWritten = async (
  world: World,
  calendar: Calendar,
  { date = '', time = '' }: TimeWritten,
  usual: WallTime | undefined,
): Promise<Outcome<Placed>> => {
  const { zone } = calendar.cohort;
  const day = date === '' && usual !== undefined ? allow(dateOf(usual)) : readDate(date);
  if (!day.ok) return day;
  const clock = time === '' && usual !== undefined ? timeOf(usual) : readTime(time);
  if (clock === undefined) return refuse({ code: 'time-unreadable', written: time });
  const within = withinReach(world, calendar, day.value);
  if (!within.ok) return within;
  await planThrough(world, calendar, day.value);
  const wall = `${day.value}T${clock}`;
  const placement = world.zones.place(wall, zone);
  return allow({ ...placement, wall, begins: world.zones.wall(placement.at, zone), zone });
};

export interface Moved {
  readonly occurrence: Occurrence;
  readonly from: Date;
  readonly placed: Placed;
}

const moveIn = async (
  world: World,
  calendar: Calendar,
  found: Occurrence,
  written: TimeWritten,
): Promise<Outcome<Moved>> => {
  const usual = world.zones.wall(found.startsAt, calendar.cohort.zone);
  const placed = await placeWritten(world, calendar, written, usual);
  if (!placed.ok) return placed;
  const moved = changeOccurrence(found, { kind: 'move', to: placed.value.at }, calendar.now);
  if (!moved.ok) return moved;
  const room = await free(calendar, moved.value);
  if (!room.ok) return room;
  return allow({ occurrence: moved.value, from: found.startsAt, placed: placed.value });
};

/** Moves it, with its reminders. Refused when it has begun, into the past, and where it would overlap. */
export const moveMeeting = (
  world: World,
  { cohortId, meeting, ...written }: MeetingNamed & TimeWritten,
): Promise<Outcome<Moved>> =>
  changeCalendar<Moved>(world, cohortId, async (calendar) => {
    const found = await findGroupMeeting(world, calendar, { named: meeting, sought: 'planned' });
    if (!found.ok) return found;
    const moved = await moveIn(world, calendar, found.value, written);
    if (!moved.ok) return moved;
    const { occurrence, from } = moved.value;
    const change = { before: found.value, after: occurrence };
    await saveMeeting(world, calendar.records, calendar.cohort, change);
    const to = occurrence.startsAt.toISOString();
    await tellCalendar(world, calendar, { kind: 'meeting-moved', from: from.toISOString(), to });
    return moved;
  });
