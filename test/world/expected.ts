/** A group that awaits a meeting, with everything that is due around it. */
import { awaitMilestone } from '../../src/app/plan-occurrences.ts';
import type { PlannedOccurrence } from '../../src/core/occurrence.ts';
import { allow } from '../../src/core/outcome.ts';
import type { TestWorld } from '../world.ts';
import type { Group } from './group.ts';
import { aMeeting } from './meeting.ts';

/** A meeting that begins so many milliseconds from now, and whose milestones come. */
export const anExpectedMeeting = async (
  world: TestWorld,
  { cohort }: Group,
  ahead: number,
  but: Parameters<typeof aMeeting>[3] = {},
): Promise<PlannedOccurrence> => {
  const now = world.clock.now();
  const meeting = await aMeeting(world, cohort, new Date(now.getTime() + ahead), but);
  await world.store.change(async (records) => {
    await awaitMilestone(records, meeting, cohort, now);
    return allow(null);
  });
  return meeting;
};
