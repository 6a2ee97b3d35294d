/** Asks for looks at rooms: when something in the server changed, and now and then in any case. */
import { allow } from '../core/outcome.ts';
import { after, MINUTE, SECOND } from '../core/time.ts';
import type { World } from '../ports/world.ts';

/** What is changed in one go is looked at once. */
const GATHERED = 2 * SECOND;

/** A change that nobody told of, like a role that was given to somebody, is found after so long at the latest. */
const LONGEST = 10 * MINUTE;

/**
 * So many at one beat, of six calls or so each: a tenth of what Discord allows, however many groups there are. Where they are
 * so many that they do not fit, each is looked at less often.
 */
const AT_ONE_BEAT = 20;

/** A look that was asked for so long ago is not waited for any more. */
const LOST = 5 * MINUTE;

const ask = async (
  { store, clock }: Pick<World, 'store' | 'clock'>,
  cohortIds: readonly string[],
  at: Date,
): Promise<void> => {
  if (cohortIds.length === 0) return;
  const now = clock.now();
  await store.change(async ({ roomLooks, jobs }) => {
    const asked = await roomLooks.ask(cohortIds, now, after(now, -LOST));
    await jobs.enqueueAll(asked.map((cohortId) => ({ job: { name: 'look-at-rooms', cohortId }, at })));
    return allow(null);
  });
};

/** Roles, settings, or ways into the rooms of a server were changed. */
export const lookSoon = async (world: Pick<World, 'store' | 'clock'>, guildId: string): Promise<void> => {
  const cohorts = await world.store.records.cohorts.ofGuild(guildId);
  await ask(
    world,
    cohorts.map(({ id }) => id),
    after(world.clock.now(), GATHERED),
  );
};

/** The heartbeat of looking. */
export const lookNowAndThen = async (world: Pick<World, 'store' | 'clock'>): Promise<void> => {
  const now = world.clock.now();
  await ask(world, await world.store.records.roomLooks.due(after(now, -LONGEST), AT_ONE_BEAT), now);
};
