/** Keeps what Hearth brought a room to, and what of it somebody had changed by hand: that is told to the staff. */
import type { Cohort } from '../core/cohort.ts';
import { allow } from '../core/outcome.ts';
import { isByHand, type Repair, toldAt } from '../core/room-repair.ts';
import { sameRoom } from '../core/rooms.ts';
import { after, MINUTE } from '../core/time.ts';
import type { Changing, RoomChanged } from '../ports/rooms.ts';
import type { Records, RoomRef } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** Keeps what is about to be put right, in the change before it is: whoever dies then leaves it to be told. */
export const beginRepair = async (
  { ids, clock }: Pick<World, 'ids' | 'clock'>,
  { repairs }: Pick<Records, 'repairs'>,
  wish: Pick<Repair, 'cohortId' | 'room' | 'what'>,
): Promise<void> => repairs.begin({ ...wish, id: ids.next(), at: clock.now() });

/** Those that were begun are done: asks that they be told with all that are put right meanwhile. */
export const finishRepairs = async (
  { store, clock }: Pick<World, 'store' | 'clock'>,
  cohortId: string,
  isDone: (repair: Repair) => boolean,
): Promise<void> => {
  const done = (await store.records.repairs.begun(cohortId)).filter(isDone);
  if (done.length === 0) return;
  await store.change(async ({ repairs, jobs }) => {
    const first = (await repairs.untold(cohortId)).length === 0;
    await repairs.finish(
      cohortId,
      done.map(({ id }) => id),
    );
    const at = toldAt(clock.now(), await repairs.lastTold(cohortId));
    if (first) await jobs.enqueue({ name: 'tell-repairs', cohortId }, at);
    return allow(null);
  });
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
 * Hearth's own is never taken for somebody's, and one of somebody's is told, wherever Hearth died in between.
 */
export const notingRepairs = (world: World, cohort: Cohort, known: readonly RoomRef[]): Changing => ({
  before: async (change) => {
    const byHand = await wasByHand(world, cohort, known, change);
    await world.store.change(async (records) => {
      const now = world.clock.now();
      await records.repairs.putFace(cohort.id, change.room, change.becomes, now, after(now, -REMEMBERED));
      for (const what of byHand ? change.differs : []) {
        await beginRepair(world, records, { cohortId: cohort.id, room: change.room, what });
      }
      return allow(null);
    });
  },
  after: ({ room, differs }) =>
    finishRepairs(world, cohort.id, (repair) => {
      const isDone = sameRoom(repair.room, room) && differs.includes(repair.what);
      if (isDone) world.log.info('room-repaired', { cohort: cohort.id, room: room.kind, what: repair.what });
      return isDone;
    }),
});
