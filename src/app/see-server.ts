/** Keeps who is in the voice rooms of a server that is seen (again), for the processes that do not see it. */
import type { Cohort } from '../core/cohort.ts';
import { allow } from '../core/outcome.ts';
import { isVoice } from '../core/rooms.ts';
import type { VoiceRoom } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** Nothing, where no voice room stands or the server has gone out of sight meanwhile. */
const voiceRoomsOf = async ({ store, presence }: World, cohort: Cohort): Promise<readonly VoiceRoom[]> => {
  const refs = await store.records.roomRefs.ofCohort(cohort.id);
  const rooms: VoiceRoom[] = [];
  for (const { channelId } of refs.filter(({ kind }) => isVoice(kind))) {
    const accounts = await presence.inRoom(cohort.guildId, channelId);
    if (accounts) rooms.push({ channelId, accounts });
  }
  return rooms;
};

/** To be called by the gateway that sees the server; one that has lost it meanwhile keeps nothing. */
export const seeServer = async (world: World, gatewayId: string, guildId: string): Promise<void> => {
  const rooms: VoiceRoom[] = [];
  for (const cohort of await world.store.records.cohorts.ofGuild(guildId)) {
    rooms.push(...(await voiceRoomsOf(world, cohort)));
  }
  if (!world.presence.sees(guildId)) return;
  await world.store.change(async ({ sights }) => {
    await sights.see(gatewayId, guildId, rooms);
    return allow(null);
  });
};
