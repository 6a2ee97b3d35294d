/** Adds one meeting of the group that no schedule names. */
import type { SessionMinutes } from '../core/agenda.ts';
import type { PlannedOccurrence } from '../core/occurrence.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';
import { type Calendar, changeCalendar, tellCalendar } from './change-calendar.ts';
import { type Placed, placeWritten, type TimeWritten } from './move-meeting.ts';
import { awaitMilestone } from './plan-occurrences.ts';
import { free } from './restore-meeting.ts';

export interface MeetingWanted extends TimeWritten {
  readonly cohortId: string;
  /** As long as a session of the cohort, when missing. */
  readonly minutes?: SessionMinutes | undefined;
}

export interface Added {
  readonly occurrence: PlannedOccurrence;
  readonly placed: Placed;
}

const plannedAt = (
  { ids }: Pick<World, 'ids'>,
  { cohort, now }: Calendar,
  { at, wall, zone }: Placed,
  minutes: number,
): PlannedOccurrence => ({
  ...{ id: ids.next(), cohortId: cohort.id, wall, zone, startsAt: at, minutes },
  ...{ revision: 0, changedAt: now, version: 0, state: 'planned' },
});

/** Adds it. Refused into the past, and where it would overlap. */
export const addMeeting = (
  world: World,
  { cohortId, minutes, ...written }: MeetingWanted,
): Promise<Outcome<Added>> =>
  changeCalendar<Added>(world, cohortId, async (calendar) => {
    const { records, cohort, now } = calendar;
    const placed = await placeWritten(world, calendar, written, undefined);
    if (!placed.ok) return placed;
    if (placed.value.at <= now) return refuse({ code: 'move-into-the-past' });
    const occurrence = plannedAt(world, calendar, placed.value, minutes ?? cohort.sessionMinutes);
    const room = await free(calendar, occurrence);
    if (!room.ok) return room;
    await records.occurrences.claim(occurrence);
    await awaitMilestone(records, occurrence, cohort, now);
    const at = occurrence.startsAt.toISOString();
    await tellCalendar(world, calendar, { kind: 'meeting-added', at, minutes: occurrence.minutes });
    return allow({ occurrence, placed: placed.value });
  });
