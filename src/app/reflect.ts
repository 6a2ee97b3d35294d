/** Keeps how somebody leaves: their take-away and their intention. */
import { takesReflection } from '../core/answers.ts';
import type { Confidential } from '../core/confidential.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { Reflection, TakeAway } from '../core/reflection.ts';
import type { World } from '../ports/world.ts';
import { currentSession } from './current-session.ts';

/** What somebody tells at the end: nothing at all, when they pass. */
export type ReflectionTold =
  | { readonly share: 'pass' }
  | {
      readonly share: 'group' | 'staff';
      readonly takeAway: TakeAway;
      readonly intention?: Confidential<string>;
    };

/** Reflects; a later reflection of the same session takes the place of an earlier one. */
export const reflect = (
  world: World,
  who: { readonly cohortId: string; readonly personId: string },
  told: ReflectionTold,
): Promise<Outcome<Reflection>> =>
  world.store.change<Reflection>(async (records) => {
    const now = world.clock.now();
    const session = await currentSession(records, who.cohortId);
    if (!session.ok) return session;
    const taken = takesReflection(session.value, now);
    if (!taken.ok) return taken;
    const kept: Reflection = {
      id: world.ids.next(),
      sessionId: session.value.id,
      personId: who.personId,
      at: now,
      ...told,
    };
    await records.reflections.put(kept);
    await records.jobs.enqueue({ name: 'bring-boards', cohortId: who.cohortId });
    return allow(kept);
  });
