/** Keeps who is in a voice room after somebody came or left, for the processes that do not see it. */
import { allow } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';

/** A room that is no cohort's is left alone: nobody needs to know who is in it. */
export const seeRoom = async (
  world: World,
  { guildId, channelId }: { readonly guildId: string; readonly channelId: string },
): Promise<void> => {
  if (!(await world.store.records.cohorts.byChannel(channelId))) return;
  const accounts = await world.presence.inRoom(guildId, channelId);
  if (accounts === undefined) return;
  await world.store.change(async ({ sights }) => {
    await sights.put(guildId, { channelId, accounts });
    return allow(null);
  });
};
