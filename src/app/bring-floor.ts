/** The job that makes who is muted and who is aside in Discord what it ought to be: the same however often it runs. */
import type { Cohort } from '../core/cohort.ts';
import { lift, type Moderation } from '../core/moderation.ts';
import { allow } from '../core/outcome.ts';
import type { RoomKind } from '../core/rooms.ts';
import type { Switched } from '../ports/floor.ts';
import type { World } from '../ports/world.ts';
import { liftIn } from './moderate.ts';
import { accountsPresent } from './write-presence.ts';

const ASIDE = { kind: 'aside-voice', number: 1 } as const;

/** Written down before it is done, and settled after it was undone. */
const save = async (world: World, moderation: Moderation): Promise<Moderation> => {
  await world.store.change(async ({ moderations }) => {
    await moderations.save(moderation);
    return allow(null);
  });
  return { ...moderation, version: moderation.version + 1 };
};

const presentIn = async (world: World, cohort: Cohort): Promise<readonly string[] | undefined> => {
  const { records } = world.store;
  const here = await accountsPresent(world, records, cohort);
  const aside = (await accountsPresent(world, records, cohort, ASIDE)) ?? [];
  return here && [...here, ...aside];
};

const channelOf = (world: World, { id }: Cohort, kind: RoomKind): Promise<string | undefined> =>
  world.store.records.roomRefs.channelOf(id, kind === 'aside-voice' ? ASIDE : { kind });

/** Nothing of it is left: done, or nobody there of whom anything could be left. */
const isOver = (switched: Switched): boolean => switched === 'done' || switched === 'gone';

/** Whoever has left is not muted when they come back. */
const bringMute = async (
  world: World,
  cohort: Cohort,
  moderation: Moderation,
  present: readonly string[] | undefined,
): Promise<void> => {
  const account = moderation.person?.account;
  if (account === undefined || !present) return;
  const applied = moderation.isApplied ? moderation : await save(world, { ...moderation, isApplied: true });
  const isHere = present.includes(account);
  const switched = isHere ? await world.floor.mute(cohort.guildId, account, true) : 'not-in-voice';
  if (switched !== 'not-in-voice' && switched !== 'gone') return;
  const lifted = await save(world, lift(applied, { at: world.clock.now(), why: 'left' }));
  await takeBackMute(world, cohort, lifted);
};

const takeBackMute = async (world: World, { guildId }: Cohort, moderation: Moderation): Promise<void> => {
  const account = moderation.person?.account;
  if (account === undefined) return;
  const switched = await world.floor.mute(guildId, account, false);
  // In no voice room, Discord takes nothing back: it is done as soon as they are in one.
  if (isOver(switched)) await save(world, { ...moderation, isSettled: true });
  if (switched === 'forbidden') world.log.warn('mute-not-lifted', { cohort: moderation.cohortId });
};

const goAside = async (world: World, cohort: Cohort, moderation: Moderation): Promise<void> => {
  const channelId = await channelOf(world, cohort, 'aside-voice');
  if (channelId === undefined || moderation.isApplied || !moderation.person) return;
  await save(world, { ...moderation, isApplied: true });
  for (const account of [moderation.person.account, ...moderation.accounts]) {
    await world.floor.move(cohort.guildId, account, channelId);
  }
};

/** Back into the group's room, whoever is still aside; then the room closes. */
const comeBack = async (world: World, cohort: Cohort, moderation: Moderation): Promise<void> => {
  const channelId = await channelOf(world, cohort, 'voice');
  const aside = (await accountsPresent(world, world.store.records, cohort, ASIDE)) ?? [];
  for (const account of channelId === undefined ? [] : aside) {
    await world.floor.move(cohort.guildId, account, channelId ?? '');
  }
  await world.store.change(async ({ moderations, jobs }) => {
    await moderations.save({ ...moderation, isSettled: true });
    await jobs.enqueue({ name: 'bring-rooms', cohortId: cohort.id });
    return allow(null);
  });
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
  const { cohorts, moderations } = world.store.records;
  const cohort = await cohorts.byId(cohortId);
  if (!cohort) return;
  await liftWhatIsOver(world, cohortId);
  const unsettled = await moderations.unsettled(cohortId);
  const present = unsettled.length > 0 ? await presentIn(world, cohort) : undefined;
  // What is lifted first: who was muted anew since then stays muted.
  for (const each of unsettled.toSorted((a, b) => Number(!a.lifted) - Number(!b.lifted))) {
    if (each.act === 'mute' && each.lifted) await takeBackMute(world, cohort, each);
    if (each.act === 'mute' && !each.lifted) await bringMute(world, cohort, each, present);
    if (each.act === 'move-aside') await (each.lifted ? comeBack : goAside)(world, cohort, each);
  }
};

/** Somebody came into a voice room of the server, or left it: what is still in Discord may be taken back now. */
export const followVoice = async (world: World, guildId: string): Promise<void> => {
  const { records } = world.store;
  const cohortIds = await records.moderations.unsettledOf(guildId);
  if (cohortIds.length === 0) return;
  await world.store.change(async ({ jobs }) => {
    await jobs.enqueueAll(cohortIds.map((cohortId) => ({ job: { name: 'bring-floor', cohortId } })));
    return allow(null);
  });
};
