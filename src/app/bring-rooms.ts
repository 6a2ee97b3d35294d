/** The job that makes a cohort's rooms in Discord what they ought to be: the same however often it runs. */
import type { Cohort } from '../core/cohort.ts';
import { holdsOf, IN_VOICE } from '../core/moderation.ts';
import { allow } from '../core/outcome.ts';
import { isWayIn } from '../core/room-repair.ts';
import { desiredRooms, type Room } from '../core/rooms.ts';
import type { Attempt, Found } from '../ports/rooms.ts';
import type { World } from '../ports/world.ts';
import { requiredNow } from './agreement-now.ts';
import { checkRooms } from './check-cards.ts';
import { finishRepairs, notingRepairs } from './note-repair.ts';
import { pairsNow } from './pairs-now.ts';
import { tellNotAllowed } from './tell-not-allowed.ts';

/** The rooms of a cohort as they ought to be now. */
export const roomsOf = async (world: World, cohort: Cohort): Promise<readonly Room[]> => {
  const { memberships, signatures } = world.store.records;
  return desiredRooms(
    cohort,
    await memberships.roster(cohort.id),
    await signatures.ofCohort(cohort.id),
    await requiredNow(world, world.store.records, cohort),
    {
      pairs: await pairsNow(world, cohort.id),
      checks: await checkRooms(world, cohort.id),
      holds: holdsOf(await world.store.records.moderations.unsettled(cohort.id)),
    },
  );
};

/** Remembers a room as soon as it exists; its boards are brought when it is one that was not there before. */
const rememberer =
  ({ store }: World, cohortId: string, before: ReadonlySet<string>): Found =>
  async (kind, channelId, number) => {
    if (before.has(channelId)) return;
    await store.change(async ({ roomRefs, jobs }) => {
      await roomRefs.put(cohortId, { kind, channelId, ...(number !== undefined && { number }) });
      await jobs.enqueue({ name: 'bring-boards', cohortId });
      if (kind === 'voice') await jobs.enqueue({ name: 'bring-events', cohortId });
      return allow(null);
    });
  };

const missingFrom = (attempt: Attempt): readonly string[] =>
  attempt.did === 'forbidden' ? attempt.missing : [];

/** Keeps which rights were lacking, so that an admin can be told and can give them. */
const rememberMissing = async (world: World, cohort: Cohort, attempt: Attempt): Promise<void> => {
  const missing = missingFrom(attempt);
  if (attempt.did !== 'done') {
    world.log.warn('rooms-not-brought', { cohort: cohort.id, did: attempt.did, missing: missing.join(' ') });
  }
  const known = await world.store.records.roomRefs.missing(cohort.id);
  if (known.join() === missing.join()) return;
  await world.store.change(async ({ roomRefs }) => {
    await roomRefs.putMissing(cohort.id, missing);
    return allow(null);
  });
};

/** Who holds a room reads that it may not hold: they look at the group, and not at what admins are told. */
const tellHolders = async (world: World, cohortId: string): Promise<void> => {
  const unsettled = await world.store.records.moderations.unsettled(cohortId);
  for (const each of unsettled) {
    if (!each.lifted && !IN_VOICE.has(each.act)) await tellNotAllowed(world, each, 'rooms');
  }
};

/** What is to be told in the rooms of two was waiting for them. */
const deliverThere = async ({ store }: World, cohortId: string): Promise<void> => {
  const waiting = await store.records.notices.waitingForPairs(cohortId);
  if (waiting.length === 0) return;
  await store.change(async ({ jobs }) => {
    await jobs.enqueueAll(
      waiting.map((noticeId) => ({ job: { name: 'deliver-notice', cohortId, noticeId } })),
    );
    return allow(null);
  });
};

/** Whoever is to be moved aside waits for the room. */
const moveThere = async ({ store }: World, cohortId: string): Promise<void> => {
  const unsettled = await store.records.moderations.unsettled(cohortId);
  if (!unsettled.some(({ act, isApplied, lifted }) => act === 'move-aside' && !isApplied && !lifted)) return;
  await store.change(async ({ jobs }) => {
    await jobs.enqueue({ name: 'bring-floor', cohortId });
    return allow(null);
  });
};

/** Brings the rooms of a cohort. A right that is missing is kept and told, not tried again and again. */
export const bringRooms = async (world: World, { cohortId }: { cohortId: string }): Promise<void> => {
  const cohort = await world.store.records.cohorts.byId(cohortId);
  if (!cohort) return;
  const known = await world.store.records.roomRefs.ofCohort(cohortId);
  const before = new Set(known.map(({ channelId }) => channelId));
  const attempt = await world.rooms.bring(
    cohort.guildId,
    await roomsOf(world, cohort),
    known,
    rememberer(world, cohortId, before),
    notingRepairs(world, cohort, known),
  );
  await rememberMissing(world, cohort, attempt);
  if (attempt.did === 'forbidden') await tellHolders(world, cohortId);
  if (attempt.did !== 'done') return;
  // All stand as they ought to: what was begun by whoever died before is done, too.
  await finishRepairs(world, cohortId, ({ what }) => !isWayIn(what));
  await deliverThere(world, cohortId);
  await moveThere(world, cohortId);
};
