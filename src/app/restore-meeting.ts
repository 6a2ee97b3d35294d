/** Takes a meeting of the group up again that was left out. */
import { told } from '../core/calendar-news.ts';
import { changeOccurrence, type Occurrence, overlapWith } from '../core/occurrence.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';
import { type Calendar, changeCalendar, tellCalendar } from './change-calendar.ts';
import { findGroupMeeting } from './find-group-meeting.ts';
import { saveMeeting } from './save-meeting.ts';
import type { MeetingNamed } from './skip-meeting.ts';

/** Why a meeting may not be then: of a time that belongs to two people nobody learns when it is. */
export const overlapRefusal = (
  first: Date,
  { individual, startsAt }: Pick<Occurrence, 'individual' | 'startsAt'>,
): Outcome<never> =>
  individual
    ? refuse({ code: 'overlaps-kept-time', at: first })
    : refuse({ code: 'meetings-overlap', first, second: startsAt });

/** Refused when something else of the cohort is planned while a meeting would go on. */
export const free = async (
  { records, cohort, now }: Calendar,
  wish: Pick<Occurrence, 'id' | 'startsAt' | 'minutes'>,
): Promise<Outcome<null>> => {
  const ahead = await records.occurrences.ahead(cohort.id, now);
  const other = overlapWith(
    wish,
    ahead.filter(({ id }) => id !== wish.id),
  );
  return other ? overlapRefusal(wish.startsAt, other) : allow(null);
};

/** The meeting as it is planned once more, with its milestones; within the change. */
export const restoreIn = async (
  world: Pick<World, 'clock'>,
  calendar: Calendar,
  occurrence: Occurrence,
): Promise<Outcome<Occurrence>> => {
  const restored = changeOccurrence(occurrence, { kind: 'restore' }, calendar.now);
  if (!restored.ok) return restored;
  const room = await free(calendar, occurrence);
  if (!room.ok) return room;
  const change = { before: occurrence, after: restored.value };
  await saveMeeting(world, calendar.records, calendar.cohort, change);
  return restored;
};

/** What the end of a schedule left out comes back with a schedule, and not by itself. */
const comesBack = (occurrence: Occurrence): boolean =>
  occurrence.state !== 'skipped' || occurrence.skippedFor === 'skip' || occurrence.skippedFor === 'holiday';

/** Takes it up again. Refused when its time has come, when it was not left out, and when it would overlap. */
export const restoreMeeting = (
  world: World,
  { cohortId, meeting }: MeetingNamed,
): Promise<Outcome<Occurrence>> =>
  changeCalendar<Occurrence>(world, cohortId, async (calendar) => {
    const found = await findGroupMeeting(world, calendar, { named: meeting, sought: 'skipped' });
    if (!found.ok) return found;
    if (!comesBack(found.value)) return refuse({ code: 'no-such-meeting' });
    if (found.value.state === 'planned') return refuse({ code: 'meeting-is-planned' });
    const restored = await restoreIn(world, calendar, found.value);
    if (!restored.ok) return restored;
    await tellCalendar(world, calendar, {
      kind: 'meetings-restored',
      at: told([restored.value.startsAt]),
    });
    return restored;
  });
