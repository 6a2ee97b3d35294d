/** Keeps what Hearth brought a room to, and what of it somebody had changed by hand: that is told to the staff. */
import type { Cohort } from '../core/cohort.ts';
import { allow } from '../core/outcome.ts';
import { isByHand, type RepairKind, toldAt } from '../core/room-repair.ts';
import { type RoomId, sameRoom } from '../core/rooms.ts';
import { after, MINUTE } from '../core/time.ts';
import type { Changing, RoomChanged } from '../ports/rooms.ts';
import type { Records, RoomRef } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** Keeps one repair, and asks that it be told with all that are put right meanwhile. */
export const noteRepair = async (
  { ids, clock }: Pick<World, 'ids' | 'clock'>,
  { repairs, jobs }: Records,
  { cohortId, room, what }: { readonly cohortId: string; readonly room: RoomId; readonly what: RepairKind },
): Promise<void> => {
  const now = clock.now();
  const first = (await repairs.untold(cohortId)).length === 0;
  await repairs.add({ id: ids.next(), cohortId, room, what, at: now });
  if (first)
    await jobs.enqueue({ name: 'tell-repairs', cohortId }, toldAt(now, await repairs.lastTold(cohortId)));
};

/** Longer than what the gateway tells may lag behind. */
const REMEMBERED = 5 * MINUTE;

const wasByHand = async (
  { store, clock }: World,
  { id }: Cohort,
  known: readonly RoomRef[],
  { room, was }: RoomChanged,
): Promise<boolean> => {
  if (was === undefined) return known.some((ref) => sameRoom(ref, room));
  return isByHand(was, await store.records.repairs.facesOf(id, room), clock.now());
};

/**
 * To be told of each change of a cohort's rooms. What a room is brought to is kept before it is, so that a change of
 * Hearth's own is never taken for somebody's, wherever it died in between.
 */
export const notingRepairs = (world: World, cohort: Cohort, known: readonly RoomRef[]): Changing => {
  const byHand = new Set<RoomChanged['becomes']>();
  const keyOf = ({ room, becomes }: RoomChanged): string => `${room.kind} ${room.number ?? 0} ${becomes}`;
  return {
    before: async (change) => {
      if (await wasByHand(world, cohort, known, change)) byHand.add(keyOf(change));
      await world.store.change(async ({ repairs }) => {
        const now = world.clock.now();
        await repairs.putFace(cohort.id, change.room, change.becomes, now, after(now, -REMEMBERED));
        return allow(null);
      });
    },
    after: async (change) => {
      if (!byHand.has(keyOf(change))) return;
      world.log.info('room-repaired', {
        cohort: cohort.id,
        room: change.room.kind,
        what: change.differs.join(' '),
      });
      await world.store.change(async (records) => {
        for (const what of change.differs) {
          await noteRepair(world, records, { cohortId: cohort.id, room: change.room, what });
        }
        return allow(null);
      });
    },
  };
};
