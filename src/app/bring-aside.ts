/** Moves somebody and a facilitator into the room aside, and back: the same however often it is tried. */
import type { Cohort } from '../core/cohort.ts';
import type { LiftedWhy, Moderation } from '../core/moderation.ts';
import type { Switched } from '../ports/floor.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { roomsOf } from './bring-rooms.ts';
import { liftIn } from './lift-moderation.ts';
import { ASIDE } from './seen-in-voice.ts';
import { tellHeld } from './tell-held.ts';
import { keep, tellNotAllowed } from './tell-not-allowed.ts';
import { accountsPresent } from './write-presence.ts';

/** A room that does not stand is made, and then this is tried again. */
const makeRoom = (world: World, cohortId: string): Promise<void> =>
  keep(world, ({ jobs }) => jobs.enqueue({ name: 'bring-rooms', cohortId }));

const liftAside =
  ({ clock }: World, cohortId: string, why: LiftedWhy) =>
  async (records: Records): Promise<void> => {
    await liftIn(records, cohortId, { acts: ['move-aside'], why }, clock.now());
  };

/** Whoever of them was moved already comes back. */
const notMoved = async (
  world: World,
  moderation: Moderation,
  moved: Exclude<Switched, 'done'>,
): Promise<void> => {
  const { cohortId } = moderation;
  if (moved === 'no-room') return makeRoom(world, cohortId);
  if (moved !== 'forbidden') return keep(world, liftAside(world, cohortId, 'left'));
  await tellNotAllowed(world, moderation, 'move', liftAside(world, cohortId, 'not-allowed'));
};

/** The facilitator first: nobody waits there by themselves. */
export const goAside = async (world: World, cohort: Cohort, moderation: Moderation): Promise<void> => {
  const { person, accounts, isApplied } = moderation;
  const channelId = await world.store.records.roomRefs.channelOf(cohort.id, ASIDE);
  if (channelId === undefined || isApplied || !person) return;
  for (const account of [...accounts, person.account]) {
    const moved = await world.floor.move(cohort.guildId, account, channelId);
    if (moved !== 'done') return notMoved(world, moderation, moved);
  }
  await keep(world, async (records) => {
    await records.moderations.save({ ...moderation, isApplied: true });
    await tellHeld(world, records, moderation);
  });
};

/** Accounts that may be in the room of the group now: who is not, is not brought into it. */
const mayBeThere = async (world: World, cohort: Cohort): Promise<ReadonlySet<string>> => {
  const room = (await roomsOf(world, cohort)).find(({ kind }) => kind === 'voice');
  const guests = room?.guests.filter(({ right }) => right !== 'read') ?? [];
  return new Set(guests.map(({ account }) => account));
};

/** Back into the group's room, whoever is still aside; then the room closes. */
export const comeBack = async (world: World, cohort: Cohort, moderation: Moderation): Promise<void> => {
  const { records } = world.store;
  const channelId = (await records.roomRefs.channelOf(cohort.id, { kind: 'voice' })) ?? '';
  const aside = (await accountsPresent(world, records, cohort, ASIDE)) ?? [];
  const welcome = aside.length > 0 ? await mayBeThere(world, cohort) : new Set<string>();
  const isGuest = (account: string): boolean => account === moderation.person?.account;
  // Who was moved there first: again, nobody is left there by themselves.
  const inOrder = aside.toSorted((a, b) => Number(isGuest(b)) - Number(isGuest(a)));
  for (const account of inOrder.filter((each) => welcome.has(each))) {
    const moved = await world.floor.move(cohort.guildId, account, channelId);
    if (moved === 'no-room') return makeRoom(world, cohort.id);
    if (moved === 'forbidden') await tellNotAllowed(world, moderation, 'move-back');
  }
  await keep(world, async ({ moderations, jobs }) => {
    await moderations.save({ ...moderation, isSettled: true });
    await jobs.enqueue({ name: 'bring-rooms', cohortId: cohort.id });
  });
};
