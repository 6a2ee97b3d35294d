/** Leaves one meeting of the group out; it can be restored until its time. */
import { told } from '../core/calendar-news.ts';
import { changeOccurrence, type Occurrence } from '../core/occurrence.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';
import { type Calendar, changeCalendar, tellCalendar } from './change-calendar.ts';
import { findGroupMeeting } from './find-group-meeting.ts';
import { type MeetingChange, saveMeeting } from './save-meeting.ts';

export interface MeetingNamed {
  readonly cohortId: string;
  /** Id of the meeting, or its day and time in the cohort's zone. */
  readonly meeting: string;
}

const skipIn = async (world: World, calendar: Calendar, named: string): Promise<Outcome<MeetingChange>> => {
  const found = await findGroupMeeting(world, calendar, { named, sought: 'planned' });
  if (!found.ok) return found;
  if (found.value.state === 'skipped') return refuse({ code: 'meeting-is-skipped' });
  const skipped = changeOccurrence(found.value, { kind: 'skip', why: 'skip' }, calendar.now);
  return skipped.ok ? allow({ before: found.value, after: skipped.value }) : skipped;
};

/** The meeting, when it can be left out. */
export const skippable = (world: World, { cohortId, meeting }: MeetingNamed): Promise<Outcome<Occurrence>> =>
  changeCalendar<Occurrence>(world, cohortId, async (calendar) => {
    const skipped = await skipIn(world, calendar, meeting);
    return skipped.ok ? allow(skipped.value.before) : skipped;
  });

/** Leaves it out. Refused when it has begun, or is left out already. */
export const skipMeeting = (
  world: World,
  { cohortId, meeting }: MeetingNamed,
): Promise<Outcome<Occurrence>> =>
  changeCalendar<Occurrence>(world, cohortId, async (calendar) => {
    const skipped = await skipIn(world, calendar, meeting);
    if (!skipped.ok) return skipped;
    const { after } = skipped.value;
    await saveMeeting(world, calendar.records, calendar.cohort, skipped.value);
    await tellCalendar(world, calendar, { kind: 'meetings-skipped', at: told([after.startsAt]) });
    return allow(after);
  });
