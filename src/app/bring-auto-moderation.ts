/** The job that makes Hearth's own AutoMod rules of a server what they ought to be: the same however often it runs. */
import { isModerated, type ModeratedRooms, moderatedRooms } from '../core/auto-moderation.ts';
import { allow } from '../core/outcome.ts';
import { after, SECOND } from '../core/time.ts';
import type { RuleWords } from '../ports/auto-moderation.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { recordHindered } from './record-hindered.ts';

/** What is changed in one go is brought once. */
const GATHERED = 2 * SECOND;

const desiredIn = async (
  { cohorts, roomRefs }: Records,
  guildId: string,
): Promise<ModeratedRooms | undefined> => {
  const groups = await cohorts.ofGuild(guildId);
  return moderatedRooms(
    await Promise.all(groups.map(async (cohort) => ({ cohort, rooms: await roomRefs.ofCohort(cohort.id) }))),
  );
};

/** Brings them; the rules are those of the whole server, whichever of its cohorts asks. */
export const bringAutoModeration = async (
  world: World,
  { cohortId }: { readonly cohortId: string },
  words: RuleWords,
): Promise<void> => {
  const { records } = world.store;
  const cohort = await records.cohorts.byId(cohortId);
  if (!cohort) return;
  const { guildId } = cohort;
  const brought = await world.autoModeration.bring(guildId, await desiredIn(records, guildId), words);
  if (brought.did === 'forbidden') {
    const job = { name: 'bring-auto-moderation', cohortId } as const;
    return recordHindered(world, { job, missing: brought.missing });
  }
  const left = brought.did === 'done' ? brought.value.join(' ') : brought.did;
  if (left !== '') world.log.info('auto-moderation-left', { cohort: cohortId, left });
};

/** Rules or channels of a server were changed: rules are looked at again, where a group wants any. */
export const repairAutoModeration = async (
  { store, clock }: Pick<World, 'store' | 'clock'>,
  guildId: string,
): Promise<void> => {
  const moderated = (await store.records.cohorts.ofGuild(guildId)).find(isModerated);
  if (!moderated) return;
  await store.change(async ({ jobs }) => {
    const job = { name: 'bring-auto-moderation', cohortId: moderated.id } as const;
    await jobs.enqueue(job, after(clock.now(), GATHERED));
    return allow(null);
  });
};
