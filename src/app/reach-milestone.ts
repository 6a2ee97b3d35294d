/** What each milestone of a meeting brings about, within the change that records that it was reached. */
import type { Cohort } from '../core/cohort.ts';
import type { Milestone, Reminder } from '../core/milestone.ts';
import { changeOccurrence, type Occurrence } from '../core/occurrence.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { askToTakeOver } from './ask-to-take-over.ts';
import { reachIndividual } from './reach-individual.ts';
import { remind } from './remind.ts';
import { saveMeeting } from './save-meeting.ts';

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
const lapse: Reach = async (world, records, { occurrence, cohort, now }) => {
  if (occurrence.state !== 'planned') return;
  await records.callEncryptions.put(cohort.id, { state: 'unknown' });
  const lapsed = changeOccurrence(occurrence, { kind: 'lapse' }, now);
  if (lapsed.ok) await saveMeeting(world, records, cohort, { before: occurrence, after: lapsed.value });
};

const reminding =
  (reminder: Reminder): Reach =>
  (world, records, reached) =>
    remind(world, records, { ...reached, reminder });

/** Once it is over, nobody can take over any more. */
const leadLate: Reach = async (world, records, reached) => {
  if (!reached.together.includes('over')) await askToTakeOver(world, records, reached);
};

const nothing: Reach = async () => undefined;

const REACH: Readonly<Record<Milestone, Reach>> = {
  day: reminding('day'),
  hour: reminding('hour'),
  'ten-minutes': reminding('ten-minutes'),
  begins: nothing,
  'lead-late': leadLate,
  over: lapse,
};

/** What stands in the rooms changes at these: the staff prepare, the lobby opens, and says what becomes of the meeting. */
const SHOWN: ReadonlySet<Milestone> = new Set(['day', 'ten-minutes', 'begins', 'lead-late', 'over']);

/** Does what the milestone asks for. */
export const reachMilestone: Reach = async (world, records, reached) => {
  const { milestone, cohort } = reached;
  await REACH[milestone](world, records, reached);
  await reachIndividual(world, records, reached);
  if (!SHOWN.has(milestone)) return;
  await records.jobs.enqueue({ name: 'bring-boards', cohortId: cohort.id });
  await records.signals.voiceOf(cohort.id);
};
