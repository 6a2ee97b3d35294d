/** What ends with a group, or with somebody's place in it, of the times that are theirs alone. */
import type { Cohort } from '../core/cohort.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { skipIndividual } from './cancel-individual.ts';
import { closeIndividual } from './close-individual.ts';
import { isIndividual } from './find-individual.ts';
import { tellIndividual } from './tell-individual.ts';

/** Ends the session that is going on and leaves out those that are planned, and says so: of one person, or of all. */
export const leaveIndividuals = async (
  world: Pick<World, 'ids' | 'clock'>,
  records: Records,
  cohort: Cohort,
  { personId, by }: { readonly personId?: string; readonly by?: string },
): Promise<void> => {
  const now = world.clock.now();
  const concerns = (id: string): boolean => personId === undefined || personId === id;
  for (const session of await records.individualSessions.unfinished(cohort.id)) {
    if (!concerns(session.person.id)) continue;
    await closeIndividual(world, records, { cohort, session, at: now, ...(by !== undefined && { by }) });
  }
  for (const meeting of (await records.occurrences.ahead(cohort.id, now)).filter(isIndividual)) {
    if (concerns(meeting.individual.person.id)) {
      const left = await skipIndividual(world, records, { cohort, meeting }, 'ended');
      if (left.ok) await tellIndividual(world, records, left.value, { what: 'cancelled', by });
    }
  }
};
