/** Ends a session of two people: because the therapist says so, or because its time is over. */
import type { Cohort } from '../core/cohort.ts';
import { type EndedIndividual, endedBy, type RunningIndividual } from '../core/individual.ts';
import type { Occurrence } from '../core/occurrence.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { observedUntil } from '../core/presence.ts';
import type { Job } from '../ports/jobs.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { closeIndividual } from './close-individual.ts';
import { writeIndividualPresence } from './individual-presence.ts';

export interface EndingDemand {
  readonly cohortId: string;
  /** Account of the therapist. */
  readonly by: string;
  /** Id of the meeting, as its card names it; the therapist's only one when missing. */
  readonly named?: string | undefined;
}

/** The session that the therapist means. Refused with `individual-not-open`. */
export const endable = async (
  { individualSessions, occurrences }: Pick<Records, 'individualSessions' | 'occurrences'>,
  { cohortId, by, named }: EndingDemand,
): Promise<Outcome<RunningIndividual>> => {
  const unfinished = await individualSessions.unfinished(cohortId);
  const meant: RunningIndividual[] = [];
  for (const session of unfinished.filter(({ therapist }) => therapist.account === by)) {
    const meeting = named === undefined ? undefined : await occurrences.ofSession(session.id);
    if (meeting?.id === named) meant.push(session);
  }
  const [only, another] = meant;
  return only && !another ? allow(only) : refuse({ code: 'individual-not-open' });
};

/** It may end before anybody has looked at its room again after a gap: whoever is seen there now has not left. */
const seeIndividual = async (
  world: World,
  records: Records,
  {
    session,
    cohort,
    at: now,
  }: { readonly session: RunningIndividual; readonly cohort: Cohort; readonly at: Date },
): Promise<void> => {
  const lastObserved = observedUntil(await records.presences.lastObserved(cohort.guildId), now);
  await writeIndividualPresence(world, records, { cohort, session, lastObserved, now });
};

/** Ends it now. */
export const endIndividualNow = (world: World, demand: EndingDemand): Promise<Outcome<EndedIndividual>> =>
  world.store.change<EndedIndividual>(async (records) => {
    const found = await endable(records, demand);
    if (!found.ok) return found;
    const cohort = await records.cohorts.byId(demand.cohortId);
    if (!cohort) return refuse({ code: 'individual-not-open' });
    const closing = { session: found.value, cohort, at: world.clock.now(), by: demand.by };
    await seeIndividual(world, records, closing);
    return closeIndividual(world, records, closing);
  });

type EndJob = Extract<Job, { name: 'end-individual' }>;

/** The step at its planned end: it ends unless the two are both still there. */
export const endIndividualInTime = async (
  world: World,
  records: Records,
  { sessionId }: EndJob,
  now: Date,
): Promise<Outcome<null>> => {
  const session = await records.individualSessions.byId(sessionId);
  const cohort = session && (await records.cohorts.byId(session.cohortId));
  if (session?.state !== 'running' || !cohort) return allow(null);
  const intervals = await records.presences.ofSession(session.id);
  const at = endedBy(session, intervals, now);
  if (at) await closeIndividual(world, records, { session, cohort, at });
  return allow(null);
};

/** Ends it, within a change, when the rooms close. */
export const endIndividualOf = async (
  world: Pick<World, 'ids' | 'clock'>,
  records: Records,
  occurrence: Occurrence,
): Promise<void> => {
  if (occurrence.state !== 'held') return;
  const session = await records.individualSessions.byId(occurrence.sessionId);
  const cohort = await records.cohorts.byId(occurrence.cohortId);
  if (session?.state !== 'running' || !cohort) return;
  await closeIndividual(world, records, { session, cohort, at: world.clock.now() });
};
