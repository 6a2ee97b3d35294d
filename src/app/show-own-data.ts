/** Looks up what is kept of somebody in a server, for themselves. */
import { type Keeping, keepingOf, type OwnRecord } from '../core/own-data.ts';
import type { Person } from '../core/person.ts';
import type { World } from '../ports/world.ts';

export interface OwnWish {
  readonly person: Person;
  readonly guildId: string;
}

/** Each class of which there is something, and what becomes of it. */
export const showOwnData = async (
  { store, retention }: World,
  { person, guildId }: OwnWish,
): Promise<readonly Keeping[]> => {
  const counts = await store.records.ownData.counts({ personId: person.id, guildId });
  return keepingOf(counts, retention);
};

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
