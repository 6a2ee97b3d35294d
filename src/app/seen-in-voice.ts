/** Who is in the voice room of a group, and who is in its room aside. */
import type { Cohort } from '../core/cohort.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { accountsPresent } from './write-presence.ts';

/** The room for one person and one facilitator. */
export const ASIDE = { kind: 'aside-voice', number: 1 } as const;

/** Accounts. */
export interface SeenInVoice {
  readonly here: readonly string[];
  readonly aside: readonly string[];
}

/** Undefined while the voice room cannot be seen, or does not stand. */
export const seenInVoice = async (
  world: Pick<World, 'presence'>,
  records: Pick<Records, 'roomRefs'>,
  cohort: Pick<Cohort, 'id' | 'guildId'>,
): Promise<SeenInVoice | undefined> => {
  const here = await accountsPresent(world, records, cohort);
  const aside = (await accountsPresent(world, records, cohort, ASIDE)) ?? [];
  return here && { here, aside };
};
