/** Leaves out a time of one participant with their therapist. */
import { changeOccurrence, type Occurrence, type SkippedFor } from '../core/occurrence.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { bringAll } from './bring-all.ts';
import { findIndividual, type IndividualFound, type IndividualSought } from './find-individual.ts';
import { saveMeeting } from './save-meeting.ts';
import { tellIndividual } from './tell-individual.ts';

/** Skips a meeting within a change, and has what it was to make up for due again. */
export const skipIndividual = async (
  world: Pick<World, 'ids' | 'clock'>,
  records: Records,
  { cohort, meeting }: IndividualFound,
  why: SkippedFor,
): Promise<Outcome<Occurrence>> => {
  const skipped = changeOccurrence(meeting, { kind: 'skip', why }, world.clock.now());
  if (!skipped.ok) return skipped;
  await saveMeeting(world, records, cohort, { before: meeting, after: skipped.value });
  await bringAll(records, cohort.id);
  return skipped;
};

/** Cancels it, and tells those of the two who did not ask for it themselves. */
export const cancelIndividual = (world: World, sought: IndividualSought): Promise<Outcome<Occurrence>> =>
  world.store.change<Occurrence>(async (records) => {
    const found = await findIndividual(world, records, sought);
    if (!found.ok) return found;
    const skipped = await skipIndividual(world, records, found.value, 'skip');
    if (!skipped.ok) return skipped;
    await tellIndividual(world, records, skipped.value, { what: 'cancelled', by: sought.carer.account });
    return allow(skipped.value);
  });
