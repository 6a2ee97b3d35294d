/** The job that makes who is muted and who is aside in Discord what it ought to be: the same however often it runs. */
import type { Cohort } from '../core/cohort.ts';
import { lift, type Moderation } from '../core/moderation.ts';
import { allow } from '../core/outcome.ts';
import type { Switched } from '../ports/floor.ts';
import type { World } from '../ports/world.ts';
import { comeBack, goAside } from './bring-aside.ts';
import { liftIn } from './lift-moderation.ts';
import { seenInVoice } from './seen-in-voice.ts';
import { tellHeld } from './tell-held.ts';
import { keep, saveModeration, tellNotAllowed } from './tell-not-allowed.ts';

/** Nothing of it is left: done, or nobody there of whom anything could be left. */
const isOver = (switched: Switched): boolean => switched === 'done' || switched === 'gone';

/** Whether another group of the server has them muted, too, and so that Discord's switch is not somebody's by hand. */
const isMutedElsewhere = async (
  { store }: World,
  { id, guildId }: Cohort,
  account: string,
  also: (mute: Moderation) => boolean = () => true,
): Promise<boolean> => {
  const { moderations } = store.records;
  const others = (await moderations.unsettledOf(guildId)).filter((each) => each !== id);
  const unsettled = await Promise.all(others.map((each) => moderations.unsettled(each)));
  return unsettled
    .flat()
    .some((each) => each.act === 'mute' && each.isApplied && each.person?.account === account && also(each));
};

/** Whom somebody has muted by hand is theirs to be heard again: nothing is done, so that nothing is taken back. */
const isMutedByHand = async (world: World, cohort: Cohort, account: string): Promise<boolean> =>
  (await world.floor.isMuted(cohort.guildId, account)) && !(await isMutedElsewhere(world, cohort, account));

const takeBackMute = async (world: World, cohort: Cohort, moderation: Moderation): Promise<void> => {
  const account = moderation.person?.account;
  if (account === undefined || moderation.isSettled) return;
  // It is theirs to take back then.
  const isTheirs = await isMutedElsewhere(world, cohort, account, ({ lifted }) => !lifted);
  const switched = isTheirs ? 'done' : await world.floor.mute(cohort.guildId, account, false);
  // In no voice room, Discord takes nothing back: it is done as soon as they are in one.
  if (isOver(switched)) await saveModeration(world, { ...moderation, isSettled: true });
  if (switched === 'forbidden') await tellNotAllowed(world, moderation, 'unmute');
};

/** Whoever has left is not muted when they come back. */
const leave = async (world: World, cohort: Cohort, moderation: Moderation): Promise<void> => {
  const left = lift(moderation, { at: world.clock.now(), why: 'left' });
  await takeBackMute(world, cohort, await saveModeration(world, left));
};

/** Where nothing of it is in Discord, whether it was tried before or not, nothing of it is left. */
const notAllowed = async (world: World, cohort: Cohort, moderation: Moderation): Promise<void> => {
  if (moderation.person && (await world.floor.isMuted(cohort.guildId, moderation.person.account))) return;
  const undone = { ...moderation, isApplied: false };
  const lifted = lift(undone, { at: world.clock.now(), why: 'not-allowed' });
  await tellNotAllowed(world, moderation, 'mute', ({ moderations }) => moderations.save(lifted));
};

/** Written down before it is done, and settled after it was undone. */
const bringMute = async (
  world: World,
  cohort: Cohort,
  moderation: Moderation,
  present: readonly string[] | undefined,
): Promise<void> => {
  const account = moderation.person?.account;
  if (account === undefined || !present) return;
  if (!present.includes(account)) return leave(world, cohort, moderation);
  const { isApplied } = moderation;
  if (!isApplied && (await isMutedByHand(world, cohort, account))) return;
  const begun = isApplied ? moderation : await saveModeration(world, { ...moderation, isApplied: true });
  const switched = await world.floor.mute(cohort.guildId, account, true);
  if (switched === 'not-in-voice' || switched === 'gone') return leave(world, cohort, begun);
  if (switched === 'forbidden') await notAllowed(world, cohort, begun);
  if (switched === 'done' && begun.isTold) {
    await keep(world, (records) => tellHeld(world, records, begun));
  }
};

const liftWhatIsOver = async (world: World, cohortId: string): Promise<void> => {
  const now = world.clock.now();
  await world.store.change(async (records) => {
    const due = (await records.moderations.unsettled(cohortId)).filter(
      ({ until, lifted }) => !lifted && until !== undefined && until <= now,
    );
    for (const { act, person } of due) {
      const whose = person ? { account: person.account } : {};
      await liftIn(records, cohortId, { acts: [act], ...whose, why: 'over' }, now);
    }
    return allow(null);
  });
};

/** Brings one group's mutes and moves; who is to be muted twice is unmuted when both are lifted. */
export const bringFloor = async (
  world: World,
  { cohortId }: { readonly cohortId: string },
): Promise<void> => {
  const { records } = world.store;
  const cohort = await records.cohorts.byId(cohortId);
  if (!cohort) return;
  await liftWhatIsOver(world, cohortId);
  const unsettled = await records.moderations.unsettled(cohortId);
  const seen = unsettled.length > 0 ? await seenInVoice(world, records, cohort) : undefined;
  const present = seen && [...seen.here, ...seen.aside];
  // What is lifted first: who was muted anew since then stays muted.
  for (const each of unsettled.toSorted((a, b) => Number(!a.lifted) - Number(!b.lifted))) {
    if (each.act === 'mute' && each.lifted) await takeBackMute(world, cohort, each);
    if (each.act === 'mute' && !each.lifted) await bringMute(world, cohort, each, present);
    if (each.act === 'move-aside') await (each.lifted ? comeBack : goAside)(world, cohort, each);
  }
};

/** Somebody came into a voice room of the server, left it, or was unmuted by hand: what is in Discord is looked at anew. */
export const followVoice = async (world: World, guildId: string): Promise<void> => {
  const { records } = world.store;
  const cohortIds = await records.moderations.unsettledOf(guildId);
  if (cohortIds.length === 0) return;
  await world.store.change(async ({ jobs }) => {
    await jobs.enqueueAll(cohortIds.map((cohortId) => ({ job: { name: 'bring-floor', cohortId } })));
    return allow(null);
  });
};
