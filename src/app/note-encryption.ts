/** Notes what a call has told of its encryption, for the cards of the group whose call it is. */
import { type CallEncryption, sameEncryption } from '../core/encryption.ts';
import { allow } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { meetingsNear } from './gather-lobbies.ts';

/** Whether the group is in a session, or gathers for one: of a call at another time nothing is kept. */
const isAwaited = async (records: Records, cohortId: string, now: Date): Promise<boolean> => {
  if (await records.sessions.unfinished(cohortId)) return true;
  return (await meetingsNear(records, cohortId, now)).some(({ state }) => state === 'planned');
};

/** Keeps it, and has the cards show it when it is something new; a room that is no group's is left alone. */
export const noteEncryption = async (
  world: Pick<World, 'store' | 'clock'>,
  { channelId, encryption }: { readonly channelId: string; readonly encryption: CallEncryption },
): Promise<void> => {
  const ref = await world.store.records.roomRefs.byChannel(channelId);
  if (ref?.kind !== 'voice') return;
  const { cohortId } = ref;
  await world.store.change(async (records) => {
    const known = await isAwaited(records, cohortId, world.clock.now());
    const after: CallEncryption = known ? encryption : { state: 'unknown' };
    if (sameEncryption(await records.callEncryptions.ofCohort(cohortId), after)) return allow(null);
    await records.callEncryptions.put(cohortId, after);
    await records.jobs.enqueue({ name: 'bring-boards', cohortId });
    return allow(null);
  });
};
