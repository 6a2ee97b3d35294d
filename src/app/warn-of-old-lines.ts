/** Tells, once a month, the staff of a server that crisis lines which people there are shown are to be verified again. */
import { type CrisisLines, isStale, withOwn } from '../core/crisis-line.ts';
import { allow } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';
import { notify } from './notify.ts';

/** Entries of a server that were verified too long ago, as they are kept now. */
export const oldLines = async (
  { store, helpDesk, clock }: Pick<World, 'store' | 'helpDesk' | 'clock'>,
  guildId: string,
): Promise<readonly CrisisLines[]> => {
  // What this process remembers may be older than what is kept, or nothing.
  const entries = withOwn(helpDesk.linesIn(guildId), await store.records.crisisLines.ofServer(guildId));
  return entries.filter((entry) => isStale(entry, clock.now()));
};

/** In the room of the staff of each group: the ledger has each told once. */
const warn = async (world: World, guildId: string, entries: number): Promise<void> => {
  const month = world.clock.now().toISOString().slice(0, 'YYYY-MM'.length);
  for (const { id: cohortId } of await world.store.records.cohorts.ofGuild(guildId)) {
    await world.store.change(async (records) => {
      const key = `lines-old:${cohortId}:${month}`;
      const announcement = { kind: 'lines-old', entries } as const;
      await notify(world, records, { cohortId, key, room: 'staff', announcement });
      return allow(null);
    });
  }
};

/** Of lines that nobody there is shown nobody is told; `/doctor` and `/crisis-lines list` name those, too. */
export const warnOfOldLines = async (world: World): Promise<void> => {
  for (const [guildId, countries] of await world.store.records.crisisLines.inUse()) {
    const old = (await oldLines(world, guildId)).filter(({ country }) => countries.includes(country));
    if (old.length > 0) await warn(world, guildId, old.length);
  }
};
