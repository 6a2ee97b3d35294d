/** Begins a session of one participant and their therapist, at the time that was planned for it. */
import type { Cohort } from '../core/cohort.ts';
import { beginIndividual, type RunningIndividual } from '../core/individual.ts';
import { changeOccurrence } from '../core/occurrence.ts';
import { observedUntil } from '../core/presence.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { beginWatching } from './begin-watching.ts';
import { closeIndividual } from './close-individual.ts';
import type { IndividualMeeting } from './find-individual.ts';
import { writeIndividualPresence } from './individual-presence.ts';

interface Beginning {
  readonly cohort: Cohort;
  readonly meeting: IndividualMeeting;
  readonly now: Date;
}

/** Whoever talks on into the next session ends the one before with it. */
const endEarlier = async (
  world: Pick<World, 'ids' | 'clock'>,
  records: Records,
  { cohort, meeting, now }: Beginning,
): Promise<void> => {
  const { person } = meeting.individual;
  const unfinished = await records.individualSessions.unfinished(cohort.id);
  for (const session of unfinished.filter((each) => each.person.id === person.id)) {
    await closeIndividual(world, records, { cohort, session, at: now });
  }
};

/** Whoever is there already is there from the beginning on: it is told within the time that counts as no gap. */
const noteWhoIsThere = async (
  world: Pick<World, 'ids' | 'presence'>,
  records: Records,
  session: RunningIndividual,
  { cohort, now }: Beginning,
): Promise<void> => {
  const { startedAt } = session;
  const from = observedUntil(startedAt, now) === now ? startedAt : now;
  await writeIndividualPresence(world, records, { cohort, session, lastObserved: from, now: from });
};

/** Begins it within a change, and has its end come. */
export const openIndividual = async (
  world: Pick<World, 'ids' | 'clock' | 'presence'>,
  records: Records,
  beginning: Beginning,
): Promise<void> => {
  const { cohort, meeting, now } = beginning;
  await endEarlier(world, records, beginning);
  const number = (await records.individualSessions.count(cohort.id, meeting.individual.person.id)) + 1;
  const session = beginIndividual(world.ids.next(), number, meeting);
  const held = changeOccurrence(meeting, { kind: 'hold', sessionId: session.id }, now);
  if (!held.ok) return;
  await beginWatching(records, cohort.guildId, now);
  await records.individualSessions.add(session, { events: [{ kind: 'opened' }], at: session.startedAt });
  await records.occurrences.save(held.value);
  await noteWhoIsThere(world, records, session, beginning);
  const job = { name: 'end-individual', cohortId: cohort.id, sessionId: session.id } as const;
  await records.jobs.enqueue(job, session.plannedEndAt);
  await records.jobs.enqueue({ name: 'bring-boards', cohortId: cohort.id });
};
