/**
 * What becomes of the meetings ahead when a new schedule takes the place of another.
 *
 * - A meeting for a moment that the new one names, too, stays as it is: also where it was moved to, and also skipped.
 * - A planned meeting for any other moment is left out. What has begun is history.
 */
import type { HeldOccurrence, Occurrence, PlannedOccurrence, SkippedOccurrence } from './occurrence.ts';
import type { Meeting } from './schedule.ts';

export interface Kept {
  /** Held already, when a session was opened before its time. */
  readonly occurrence: PlannedOccurrence | SkippedOccurrence | HeldOccurrence;
  /** As the new schedule names it. */
  readonly meeting: Meeting;
}

export interface Replacement {
  readonly kept: readonly Kept[];
  readonly dropped: readonly PlannedOccurrence[];
}

/** Left out by somebody's wish for that very day, which a new schedule does not undo. */
const isLeftOut = (occurrence: Occurrence): occurrence is SkippedOccurrence =>
  occurrence.state === 'skipped' && (occurrence.skippedFor === 'skip' || occurrence.skippedFor === 'holiday');

const isHeld = (occurrence: Occurrence): occurrence is HeldOccurrence => occurrence.state === 'held';

const isPlanned = (occurrence: Occurrence): occurrence is PlannedOccurrence => occurrence.state === 'planned';

/** What becomes of them; `occurrences` are those that the old schedule made, `meetings` those that the new one names. */
export const replace = (
  occurrences: readonly Occurrence[],
  meetings: readonly Meeting[],
  now: Date,
): Replacement => {
  const named = new Map(meetings.map((meeting) => [meeting.at.getTime(), meeting]));
  const ahead = occurrences.filter(({ startsAt }) => startsAt > now);
  const meetingOf = ({ movedFrom, startsAt }: Occurrence): Meeting | undefined =>
    named.get((movedFrom ?? startsAt).getTime());
  return {
    kept: ahead.flatMap((occurrence) => {
      const meeting = meetingOf(occurrence);
      return meeting && (isPlanned(occurrence) || isHeld(occurrence) || isLeftOut(occurrence))
        ? [{ occurrence, meeting }]
        : [];
    }),
    dropped: ahead.filter(isPlanned).filter((occurrence) => !meetingOf(occurrence)),
  };
};
