/** Who of two people is in the voice room that is theirs, and how that is written down. */
import type { Cohort } from '../core/cohort.ts';
import { endedBy, type RunningIndividual, sameTwo } from '../core/individual.ts';
import { allow } from '../core/outcome.ts';
import { countedAt, observedUntil } from '../core/presence.ts';
import { latest } from '../core/time.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { closeIndividual } from './close-individual.ts';
import { accountsPresent, followPresence } from './write-presence.ts';

export interface IndividualSighted {
  readonly cohort: Pick<Cohort, 'id' | 'guildId' | 'policy'>;
  readonly session: RunningIndividual;
  /** Until when the room had been seen; now, when nothing was missed. */
  readonly lastObserved: Date | undefined;
  readonly now: Date;
}

/** Makes presence agree with who of the two is in their room at `now`. False while the room cannot be seen. */
export const writeIndividualPresence = async (
  world: Pick<World, 'presence' | 'ids'>,
  records: Records,
  { cohort, session, lastObserved, now }: IndividualSighted,
): Promise<boolean> => {
  const pair = (await records.pairs.ofCohort(cohort.id)).find((each) => sameTwo(each, session));
  if (!pair) return false;
  const room = { kind: 'one-to-one-voice', number: pair.number } as const;
  const accounts = await accountsPresent(world, records, cohort, room);
  if (accounts === undefined) return false;
  const present = [session.person, session.therapist].filter(({ account }) => accounts.includes(account));
  const ids = present.map(({ id }) => id);
  await followPresence(world, records, { sessionId: session.id, present: ids, lastObserved, now });
  return true;
};

/** Writes who is there, and ends the session when it is over and the two are no longer both there. */
const follow = async (world: World, records: Records, sighted: IndividualSighted): Promise<void> => {
  const { session, cohort, now } = sighted;
  if (!(await writeIndividualPresence(world, records, sighted))) return;
  const at = endedBy(session, await records.presences.ofSession(session.id), now);
  if (at) await closeIndividual(world, records, { session, cohort, at });
};

/** Looks at every individual session of a cohort; with a number, only at that of the pair whose room it is. */
export const followIndividuals = async (
  world: World,
  cohortId: string,
  {
    lastObserved,
    number,
    at = world.clock.now(),
  }: {
    readonly lastObserved?: Date | undefined;
    readonly number?: number | undefined;
    /** When it was told of. */
    readonly at?: Date;
  },
): Promise<void> => {
  await world.store.change(async (records) => {
    const cohort = await records.cohorts.byId(cohortId);
    const pairs = await records.pairs.ofCohort(cohortId);
    for (const session of await records.individualSessions.unfinished(cohortId)) {
      const pair = pairs.find((each) => sameTwo(each, session));
      if (!cohort || (number !== undefined && pair?.number !== number)) continue;
      const told = latest(at, session.startedAt);
      const now = countedAt(await records.presences.ofSession(session.id), told);
      const noted = observedUntil(await records.presences.lastObserved(cohort.guildId), now);
      await follow(world, records, { cohort, session, lastObserved: lastObserved ?? noted, now });
    }
    return allow(null);
  });
};
