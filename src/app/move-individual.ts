/** Moves a time of one participant with their therapist to another time. */
import { changeOccurrence, type Occurrence } from '../core/occurrence.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { bringAll } from './bring-all.ts';
import { findIndividual, type IndividualFound, type IndividualSought } from './find-individual.ts';
import { bothFree, momentOf, type WrittenTime } from './individual-time.ts';
import { saveMeeting } from './save-meeting.ts';
import { tellIndividual } from './tell-individual.ts';

const movedTo = async (
  world: World,
  records: Records,
  { cohort, meeting }: IndividualFound,
  to: Date,
): Promise<Outcome<Occurrence>> => {
  const time = { id: meeting.id, startsAt: to, minutes: meeting.minutes };
  const free = await bothFree(world, records, { cohort, two: meeting.individual }, time);
  if (!free.ok) return free;
  const moved = changeOccurrence(meeting, { kind: 'move', to }, world.clock.now());
  if (!moved.ok) return moved;
  await saveMeeting(world, records, cohort, { before: meeting, after: moved.value });
  await bringAll(records, cohort.id);
  return moved;
};

/** Moves it when both are free then, and tells those of the two who did not ask for it themselves. */
export const moveIndividual = (
  world: World,
  sought: IndividualSought & WrittenTime,
): Promise<Outcome<Occurrence>> =>
  world.store.change<Occurrence>(async (records) => {
    const found = await findIndividual(world, records, sought);
    if (!found.ok) return found;
    const to = momentOf(world, found.value.cohort.zone, sought);
    if (!to.ok) return to;
    const moved = await movedTo(world, records, found.value, to.value);
    if (!moved.ok) return moved;
    await tellIndividual(world, records, moved.value, { what: 'moved', by: sought.carer.account });
    return allow(moved.value);
  });
