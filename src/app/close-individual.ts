/** Ends a session of one participant and their therapist, with all that follows from it. */
import type { Cohort } from '../core/cohort.ts';
import {
  type EndedIndividual,
  endIndividual,
  type IndividualSession,
  individualAttendance,
} from '../core/individual.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { settleMakeUps } from './settle-make-ups.ts';
import { endPresence } from './write-presence.ts';

export interface Closing {
  readonly cohort: Pick<Cohort, 'id' | 'guildId' | 'policy'>;
  readonly session: IndividualSession;
  readonly at: Date;
  /** Account of whoever ended it; missing when it ended by itself. */
  readonly by?: string;
}

const keepAttendance = async (
  { ids }: Pick<World, 'ids'>,
  records: Records,
  session: EndedIndividual,
  { cohort }: Closing,
): Promise<void> => {
  const intervals = await records.presences.ofSession(session.id);
  await records.attendances.add({
    ...individualAttendance(session, intervals, cohort.policy),
    id: ids.next(),
    sessionId: session.id,
    person: session.person,
  });
};

/** Ends it within a change: the participant's attendance is kept, and what was to be made up in it is settled. */
export const closeIndividual = async (
  world: Pick<World, 'ids' | 'clock'>,
  records: Records,
  closing: Closing,
): Promise<Outcome<EndedIndividual>> => {
  const { at, by } = closing;
  const ended = endIndividual(closing.session, at);
  if (!ended.ok) return ended;
  const session = ended.value;
  const happening = { events: [{ kind: 'ended' } as const], at: session.endedAt };
  // The presence first: a session that has ended takes no more of it.
  const { guildId } = closing.cohort;
  await endPresence(world, records, { sessionId: session.id, guildId }, session.endedAt);
  await records.individualSessions.end(session, { ...happening, ...(by !== undefined && { by }) });
  await keepAttendance(world, records, session, closing);
  const meeting = await records.occurrences.ofSession(session.id);
  const lead = session.therapist.account;
  if (meeting) await settleMakeUps(world, records, meeting, { sessionId: session.id, lead });
  await records.jobs.enqueue({ name: 'bring-boards', cohortId: session.cohortId });
  return allow(session);
};
