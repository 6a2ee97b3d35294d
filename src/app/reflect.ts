/** Keeps how somebody leaves: their take-away and their intention. */
import { takesReflection } from '../core/answers.ts';
import type { Confidential } from '../core/confidential.ts';
import { allow, type Outcome } from '../core/outcome.ts';
import type { IntentionReaders, Reflection, TakeAway } from '../core/reflection.ts';
import type { World } from '../ports/world.ts';
import { sessionTaking } from './current-session.ts';

/** What somebody tells at the end: nothing at all, when they pass. */
export type ReflectionTold =
  | { readonly share: 'pass' }
  | {
      readonly share: 'group' | 'staff';
      readonly takeAway: TakeAway;
      readonly intention?: Confidential<string>;
      readonly intentionReaders?: IntentionReaders;
    };

/** Whether a reflection would be taken now. */
export const mayReflect = async ({ store, clock }: World, cohortId: string): Promise<Outcome<null>> => {
  const session = await sessionTaking(store.records, cohortId, takesReflection, clock.now());
  return session.ok ? allow(null) : session;
};

/** Reflects; a later reflection of the same session takes the place of an earlier one. */
export const reflect = (
  world: World,
  who: { readonly cohortId: string; readonly personId: string },
  told: ReflectionTold,
): Promise<Outcome<Reflection>> =>
  world.store.change<Reflection>(async (records) => {
    const now = world.clock.now();
    const session = await sessionTaking(records, who.cohortId, takesReflection, now);
    if (!session.ok) return session;
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
