/** Whether a group of a server has Hearth in its call, or is about to. */
import type { Cohort } from '../core/cohort.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { meetingsNear } from './gather-lobbies.ts';
import { accountsPresent } from './write-presence.ts';

type Asking = Pick<World, 'clock' | 'presence'>;

/** In a session, or gathering in the voice room for one. */
const wantsIt = async (world: Asking, records: Records, cohort: Cohort): Promise<boolean> => {
  if (!cohort.settings.joinsCalls) return false;
  if (await records.sessions.unfinished(cohort.id)) return true;
  const near = await meetingsNear(records, cohort.id, world.clock.now());
  if (!near.some(({ state }) => state === 'planned')) return false;
  return ((await accountsPresent(world, records, cohort)) ?? []).length > 0;
};

/** Whether nobody can test a microphone with Hearth now: sessions come first. */
export const groupHasVoice = async (world: Asking, records: Records, guildId: string): Promise<boolean> => {
  for (const cohort of await records.cohorts.ofGuild(guildId)) {
    if (await wantsIt(world, records, cohort)) return true;
  }
  return false;
};
