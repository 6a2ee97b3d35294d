/** Keeps what becomes of a planned meeting, with everything that follows from it whoever changed it, and why. */
import type { Cohort } from '../core/cohort.ts';
import type { MakeUpRequest } from '../core/make-up.ts';
import type { Occurrence } from '../core/occurrence.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { askAnew } from './ask-anew.ts';
import { followMakeUps } from './follow-make-ups.ts';
import { awaitMilestone } from './plan-occurrences.ts';

export interface MeetingChange {
  readonly before: Occurrence;
  readonly after: Occurrence;
}

/** What a make-up that is booked in it has to follow, if anything. */
const followed = ({
  before,
  after,
}: MeetingChange): Extract<MakeUpRequest, { kind: 'moved' | 'fell-through' }> | undefined => {
  const { state, startsAt } = after;
  if (state === 'not-held' || state === 'skipped') return { kind: 'fell-through' };
  return +startsAt === +before.startsAt ? undefined : { kind: 'moved', startsAt };
};

/** A change that calendars are told of may have moved all that is due around it. */
const isDueAnew = ({ before, after }: MeetingChange): boolean =>
  after.revision !== before.revision && after.state !== 'skipped';

/** Keeps it within the change: the make-ups of it follow, answers to another time hold no longer, and its milestones are awaited where they are now. */
export const saveMeeting = async (
  world: Pick<World, 'clock'>,
  records: Records,
  cohort: Pick<Cohort, 'settings'>,
  change: MeetingChange,
): Promise<void> => {
  const { after } = change;
  await records.occurrences.save(after);
  if (isDueAnew(change)) await awaitMilestone(records, after, cohort, world.clock.now());
  const request = followed(change);
  if (request?.kind === 'moved') await askAnew(world, records, after);
  if (request) await followMakeUps(world, records, after.id, request);
};
