/** Notices somebody in a cohort's voice room who may not be there: moved in by hand, or come in while it was closing. */
import { allow } from '../core/outcome.ts';
import { isVoice, sameRoom } from '../core/rooms.ts';
import type { World } from '../ports/world.ts';
import { roomsOf } from './bring-rooms.ts';
import { accountsPresent } from './write-presence.ts';

/** Asks that the cohort's rooms be brought, which puts strangers out; a room that is no cohort's is left alone. */
export const guardRoom = async (world: World, room: { readonly channelId: string }): Promise<void> => {
  const { records } = world.store;
  const ref = await records.roomRefs.byChannel(room.channelId);
  const cohort = ref && isVoice(ref.kind) && (await records.cohorts.byId(ref.cohortId));
  if (!cohort) return;
  const present = (await accountsPresent(world, records, cohort, ref)) ?? [];
  const guests = (await roomsOf(world, cohort)).find((each) => sameRoom(each, ref))?.guests ?? [];
  const mayBeInside = (account: string): boolean =>
    guests.some((guest) => guest.account === account && guest.right !== 'read');
  if (present.every(mayBeInside)) return;
  await world.store.change(async ({ jobs }) => {
    await jobs.enqueue({ name: 'bring-rooms', cohortId: cohort.id });
    return allow(null);
  });
};
