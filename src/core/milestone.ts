/**
 * What happens around a meeting, and when: each milestone leads to the next, so that one job a meeting waits.
 *
 *   day ─> hour ─> ten-minutes ─> begins ─> lead-late ─> over
 *
 * A milestone whose moment has passed while Hearth was down is done at once, together with those after it that have
 * passed, too; what is no longer useful then is dropped, and said to be dropped.
 */
import type { CohortSettings } from './cohort.ts';
import { endsAt, GIVEN_UP_AFTER, type Occurrence } from './occurrence.ts';
import { after, DAY, HOUR, MINUTE } from './time.ts';

/** Reminders, by how long before the meeting they come. */
export const REMINDERS = ['day', 'hour', 'ten-minutes'] as const;
export type Reminder = (typeof REMINDERS)[number];

export const MILESTONES = [...REMINDERS, 'begins', 'lead-late', 'over'] as const;
export type Milestone = (typeof MILESTONES)[number];

type Timing = Pick<CohortSettings, 'leadPatienceMinutes'>;

/** The moment of a milestone. */
export const milestoneAt = (
  occurrence: Pick<Occurrence, 'startsAt' | 'minutes'>,
  milestone: Milestone,
  { leadPatienceMinutes }: Timing,
): Date => {
  const { startsAt } = occurrence;
  switch (milestone) {
    case 'day':
      return after(startsAt, -DAY);
    case 'hour':
      return after(startsAt, -HOUR);
    case 'ten-minutes':
      return after(startsAt, -10 * MINUTE);
    case 'begins':
      return startsAt;
    case 'lead-late':
      return after(startsAt, leadPatienceMinutes * MINUTE);
    case 'over':
      return after(endsAt(occurrence), GIVEN_UP_AFTER);
  }
};

export interface Due {
  readonly milestone: Milestone;
  readonly at: Date;
}

/** The milestones that are ahead at a moment, in order. */
export const milestonesAhead = (
  occurrence: Pick<Occurrence, 'startsAt' | 'minutes'>,
  timing: Timing,
  now: Date,
): readonly Due[] =>
  MILESTONES.map((milestone) => ({ milestone, at: milestoneAt(occurrence, milestone, timing) })).filter(
    ({ at }) => at > now,
  );

/** The milestones from one on whose moment has come: with it, those that passed while nobody looked. */
export const milestonesPassed = (
  occurrence: Pick<Occurrence, 'startsAt' | 'minutes'>,
  timing: Timing,
  { from, now }: { readonly from: Milestone; readonly now: Date },
): readonly Milestone[] =>
  MILESTONES.slice(MILESTONES.indexOf(from)).filter(
    (milestone) => milestoneAt(occurrence, milestone, timing) <= now,
  );
