/** What each milestone of a meeting brings about, within the change that records that it was reached. */
import type { Cohort } from '../core/cohort.ts';
import type { Milestone } from '../core/milestone.ts';
import { changeOccurrence, type Occurrence } from '../core/occurrence.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

export interface Reached {
  readonly occurrence: Occurrence;
  readonly cohort: Cohort;
  readonly milestone: Milestone;
  /** All that were reached at once, this one among them, in order: more than one after a time in which Hearth was down. */
  readonly together: readonly Milestone[];
  readonly now: Date;
}

type Reach = (world: World, records: Records, reached: Reached) => Promise<void>;

/** A meeting that nobody opened was not held: said once it can no longer be. */
const lapse: Reach = async (_world, records, { occurrence, now }) => {
  if (occurrence.state !== 'planned') return;
  const lapsed = changeOccurrence(occurrence, { kind: 'lapse' }, now);
  if (lapsed.ok) await records.occurrences.save(lapsed.value);
};

const nothing: Reach = async () => undefined;

const REACH: Readonly<Record<Milestone, Reach>> = {
  day: nothing,
  hour: nothing,
  'ten-minutes': nothing,
  begins: nothing,
  'lead-late': nothing,
  over: lapse,
};

/** Does what the milestone asks for. */
export const reachMilestone: Reach = (world, records, reached) =>
  REACH[reached.milestone](world, records, reached);
