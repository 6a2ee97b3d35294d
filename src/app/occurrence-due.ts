/** The step that is due at a milestone of a meeting, and that has the next one come. */
import { milestonesPassed } from '../core/milestone.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import { after, MINUTE } from '../core/time.ts';
import type { Job } from '../ports/jobs.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { isLeadUnseen } from './ask-to-take-over.ts';
import { awaitAgain, awaitMilestone } from './plan-occurrences.ts';
import { reachMilestone } from './reach-milestone.ts';

type DueJob = Extract<Job, { name: 'occurrence-due' }>;

/** Milliseconds until a lead who could not be seen is looked for again. */
const LOOKED_AGAIN = MINUTE;

/**
 * Does the milestone with all that passed since, unless the meeting was moved, skipped or ended meanwhile: then whoever
 * did that has asked for other milestones.
 */
export const occurrenceDue = async (
  world: World,
  records: Records,
  { occurrenceId, startsAt, revision, milestone: from }: DueJob,
  now: Date,
): Promise<Outcome<null>> => {
  const occurrence = await records.occurrences.byId(occurrenceId);
  const cohort = occurrence && (await records.cohorts.byId(occurrence.cohortId));
  if (!occurrence || cohort?.state !== 'active' || occurrence.state === 'skipped') return allow(null);
  if (occurrence.startsAt.toISOString() !== startsAt || occurrence.revision !== revision) return allow(null);
  const together = milestonesPassed(occurrence, cohort.settings, { from, now });
  for (const milestone of together) {
    await reachMilestone(world, records, { occurrence, cohort, milestone, together, now });
  }
  if (together.at(-1) === 'lead-late' && (await isLeadUnseen(world, records, { occurrence, cohort }))) {
    await awaitAgain(records, occurrence, 'lead-late', after(now, LOOKED_AGAIN));
  } else await awaitMilestone(records, occurrence, cohort, now);
  return allow(null);
};
