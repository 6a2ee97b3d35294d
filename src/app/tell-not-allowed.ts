/** What is kept and told while facilitators' acts are brought to Discord: above all that Hearth may not do something there. */
import type { Barred } from '../core/board.ts';
import type { Moderation } from '../core/moderation.ts';
import { allow } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { notify } from './notify.ts';

/** A change of a job. Whoever was faster makes it fail: nothing more is done of what is true no more, and it looks anew. */
export const keep = async ({ store }: World, work: (records: Records) => Promise<void>): Promise<void> => {
  const kept = await store.change(async (records) => {
    await work(records);
    return allow(null);
  });
  if (!kept.ok) throw new Error(`what facilitators asked for was not kept: ${kept.refusal.code}`);
};

/** Saves it by itself; with the version that it has then. */
export const saveModeration = async (world: World, moderation: Moderation): Promise<Moderation> => {
  await keep(world, ({ moderations }) => moderations.save(moderation));
  return { ...moderation, version: moderation.version + 1 };
};

/** Staff are told once of each that it did not come to pass, and what they can do by hand; `also` is kept with it. */
export const tellNotAllowed = async (
  world: World,
  { id, cohortId, person }: Moderation,
  what: Barred,
  also: (records: Records) => Promise<void> = async () => {},
): Promise<void> => {
  world.log.warn('moderation-not-allowed', { cohort: cohortId, what });
  await keep(world, async (records) => {
    await also(records);
    await notify(world, records, {
      ...{ cohortId, key: `not-allowed:${id}:${what}`, room: 'staff' },
      announcement: { kind: 'not-allowed' as const, what, ...(person && { account: person.account }) },
    });
    await records.jobs.enqueue({ name: 'bring-boards', cohortId });
  });
};
