/** Keeps how somebody arrives, and gives back what they intended last time. */
import { takesCheckIn } from '../core/answers.ts';
import type { Arrival, CheckIn } from '../core/check-in.ts';
import type { Confidential } from '../core/confidential.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Session } from '../core/session.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { sessionTaking } from './current-session.ts';

/** What somebody tells of how they arrive: nothing at all, when they pass. */
export type ArrivalTold =
  | { readonly share: 'pass' }
  | { readonly share: 'group' | 'staff'; readonly arrival: Arrival };

export interface CheckedIn {
  readonly checkIn: CheckIn;
  /** What the person intended at the end of an earlier session. */
  readonly lastIntention?: Confidential<string>;
  /** Told when the session had ended: it stands on no card then. */
  readonly afterTheEnd: boolean;
}

const lastIntention = async (
  { reflections }: Records,
  { cohortId, number }: Session,
  personId: string,
): Promise<Pick<CheckedIn, 'lastIntention'>> => {
  const last = await reflections.lastOf(cohortId, personId, number);
  return last && last.share !== 'pass' && last.intention ? { lastIntention: last.intention } : {};
};

/** Whether a check-in would be taken now. */
export const mayCheckIn = async ({ store, clock }: World, cohortId: string): Promise<Outcome<null>> => {
  const session = await sessionTaking(store.records, cohortId, takesCheckIn, clock.now());
  return session.ok ? allow(null) : session;
};

/** Checks in; a later check-in of the same session takes the place of an earlier one. */
export const checkIn = (
  world: World,
  who: { readonly cohortId: string; readonly personId: string },
  told: ArrivalTold,
): Promise<Outcome<CheckedIn>> =>
  world.store.change<CheckedIn>(async (records) => {
    const now = world.clock.now();
    const session = await sessionTaking(records, who.cohortId, takesCheckIn, now);
    if (!session.ok) return session;
    const kept: CheckIn = {
      id: world.ids.next(),
      sessionId: session.value.id,
      personId: who.personId,
      at: now,
      ...told,
    };
    await records.checkIns.put(kept);
    await records.jobs.enqueue({ name: 'bring-boards', cohortId: who.cohortId });
    return allow({
      checkIn: kept,
      afterTheEnd: session.value.state === 'ended',
      ...(await lastIntention(records, session.value, who.personId)),
    });
  });
