/** Looks up what is kept of somebody in a server, for themselves. */
import { type GroupDays, type Keeping, keepingOf, type OwnRecord } from '../core/own-data.ts';
import type { Person } from '../core/person.ts';
import type { World } from '../ports/world.ts';

export interface OwnWish {
  readonly person: Person;
  readonly guildId: string;
}

/** In which of the person's groups something is kept for longer or shorter. */
const groupDays = async ({ store }: World, { person, guildId }: OwnWish): Promise<readonly GroupDays[]> => {
  const { cohorts, retentions } = store.records;
  const groups = new Map((await cohorts.everOf(guildId, person.account)).map(({ id, name }) => [id, name]));
  const own = await retentions.ofCohorts([...groups.keys()]);
  return own.map(({ cohortId, is, days }) => ({ group: groups.get(cohortId) ?? '', is, days }));
};

/** Each class of which there is something, and what becomes of it. */
export const showOwnData = async (world: World, wish: OwnWish): Promise<readonly Keeping[]> => {
  const { store, retention } = world;
  const counts = await store.records.ownData.counts({ personId: wish.person.id, guildId: wish.guildId });
  return keepingOf(counts, retention, await groupDays(world, wish));
};

/** Whether anything of it is held, and so cannot go. */
export const isHeld = ({ store }: World, { person, guildId }: OwnWish): Promise<boolean> =>
  store.records.legalHolds.holds({ personId: person.id, guildId });

export interface OwnExport {
  readonly madeAt: Date;
  readonly account: string;
  readonly keeping: readonly Keeping[];
  readonly records: readonly OwnRecord[];
}

/** The same, with all that is kept itself. */
export const exportOwnData = async (world: World, wish: OwnWish): Promise<OwnExport> => {
  const { person, guildId } = wish;
  const records = await world.store.records.ownData.all({ personId: person.id, guildId });
  const keeping = await showOwnData(world, wish);
  return { madeAt: world.clock.now(), account: person.account, keeping, records };
};
