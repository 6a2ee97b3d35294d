/** What is kept and told while facilitators' acts are brought to Discord: above all that Hearth may not do something there. */
import type { Barred } from '../core/board.ts';
import type { Moderation } from '../core/moderation.ts';
import { allow } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';
import { notify } from './notify.ts';

/** Saves it by itself; with the version that it has then. */
export const saveModeration = async (world: World, moderation: Moderation): Promise<Moderation> => {
  await world.store.change(async ({ moderations }) => {
    await moderations.save(moderation);
    return allow(null);
  });
  return { ...moderation, version: moderation.version + 1 };
};

/** Staff are told once of each that it did not come to pass, and what they can do by hand. */
export const tellNotAllowed = async (
  world: World,
  { id, cohortId, person }: Moderation,
  what: Barred,
): Promise<void> => {
  world.log.warn('moderation-not-allowed', { cohort: cohortId, what });
  await world.store.change(async (records) => {
    await notify(world, records, {
      ...{ cohortId, key: `not-allowed:${id}:${what}`, room: 'staff' },
      announcement: { kind: 'not-allowed' as const, what, ...(person && { account: person.account }) },
    });
    await records.jobs.enqueue({ name: 'bring-boards', cohortId });
    return allow(null);
  });
};
