/** Keeps a facilitator's word that the attendance of a session is as it was. */
import type { Attestation } from '../core/attendance.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Ended } from '../core/session.ts';
import type { World } from '../ports/world.ts';
import { endedSession } from './ended-session.ts';

export interface Attested {
  readonly session: Ended;
  /** The one that stands: of two facilitators at once, the first. */
  readonly attestation: Attestation;
  readonly made: 'now' | 'before';
}

/** Attests; once a session, however often it is asked. How long each spoke in it is forgotten with that. */
export const attestAttendance = (
  world: World,
  {
    cohortId,
    by,
    number,
  }: { readonly cohortId: string; readonly by: string; readonly number?: number | undefined },
): Promise<Outcome<Attested>> =>
  world.store.change<Attested>(async (records) => {
    const session = await endedSession(records, cohortId, number);
    if (!session.ok) return session;
    const own: Attestation = { sessionId: session.value.id, by, at: world.clock.now() };
    if (await records.attestations.add(own)) {
      await records.talkTimes.forget(session.value.id);
      await records.jobs.enqueue({ name: 'bring-boards', cohortId });
      return allow({ session: session.value, attestation: own, made: 'now' });
    }
    const [before = own] = await records.attestations.ofSessions([session.value.id]);
    return allow({ session: session.value, attestation: before, made: 'before' });
  });
