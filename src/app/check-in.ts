/** Keeps how somebody arrives, and gives back what they intended last time. */
import { takesCheckIn } from '../core/answers.ts';
import type { Arrival, CheckIn } from '../core/check-in.ts';
import type { Confidential } from '../core/confidential.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Session } from '../core/session.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { currentSession } from './current-session.ts';

/** What somebody tells of how they arrive: nothing at all, when they pass. */
export type ArrivalTold =
  | { readonly share: 'pass' }
  | { readonly share: 'group' | 'staff'; readonly arrival: Arrival };

export interface CheckedIn {
  readonly checkIn: CheckIn;
  /** What the person intended at the end of an earlier session. */
  readonly lastIntention?: Confidential<string>;
}

const lastIntention = async (
  { reflections }: Records,
  { cohortId, number }: Session,
  personId: string,
): Promise<Pick<CheckedIn, 'lastIntention'>> => {
  const last = await reflections.lastOf(cohortId, personId, number);
  return last && last.share !== 'pass' && last.intention ? { lastIntention: last.intention } : {};
};

/** Checks in; a later check-in of the same session takes the place of an earlier one. */
export const checkIn = (
  world: World,
  who: { readonly cohortId: string; readonly personId: string },
  told: ArrivalTold,
): Promise<Outcome<CheckedIn>> =>
  world.store.change<CheckedIn>(async (records) => {
    const now = world.clock.now();
    const session = await currentSession(records, who.cohortId);
    if (!session.ok) return session;
    const taken = takesCheckIn(session.value, now);
    if (!taken.ok) return taken;
    const kept: CheckIn = {
      id: world.ids.next(),
      sessionId: session.value.id,
      personId: who.personId,
      at: now,
      ...told,
    };
    await records.checkIns.put(kept);
    await records.jobs.enqueue({ name: 'bring-boards', cohortId: who.cohortId });
    return allow({ checkIn: kept, ...(await lastIntention(records, session.value, who.personId)) });
  });
