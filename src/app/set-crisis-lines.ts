/** Admins put their own crisis lines in the place of those that come with Hearth, or say that these are verified. */
import { type CrisisLine, type CrisisLines, OWN_LINES, type OwnLines } from '../core/crisis-line.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { World } from '../ports/world.ts';

export interface LinesWish {
  readonly guildId: string;
  /** As it was written. */
  readonly country: string;
  /** Account. */
  readonly by: string;
}

const linesIn = (written: string): readonly CrisisLine[] =>
  written
    .split(/[;\n]/)
    .map((part) => ({ name: part.trim() }))
    .filter(({ name }) => name !== '');

const entryOf = ({ helpDesk }: World, { guildId, country }: LinesWish): Outcome<CrisisLines> => {
  const wanted = country.trim().toUpperCase();
  const entry = helpDesk.linesIn(guildId).find((each) => each.country === wanted);
  return entry ? allow(entry) : refuse({ code: 'no-such-country' });
};

const keep = async (
  world: World,
  { guildId, country, by }: LinesWish,
  entry: Omit<OwnLines, 'verifiedOn' | 'country'>,
): Promise<Outcome<null>> => {
  const verifiedOn = world.clock.now().toISOString().slice(0, 10);
  const own: OwnLines = {
    country: country.trim().toUpperCase(),
    emergency: entry.emergency,
    lines: entry.lines,
    verifiedOn,
  };
  const kept = await world.store.change(async ({ crisisLines }) => {
    await crisisLines.put(guildId, own, by);
    return allow(null);
  });
  if (kept.ok) await world.helpDesk.refresh();
  return kept;
};

/** Their own, verified today: lines divided by semicolons. */
export const setCrisisLines = async (
  world: World,
  wish: LinesWish & { readonly emergency: string; readonly lines: string },
): Promise<Outcome<null>> => {
  const entry = entryOf(world, wish);
  if (!entry.ok) return entry;
  const lines = linesIn(wish.lines);
  const isFit =
    lines.length > 0 &&
    lines.length <= OWN_LINES.most &&
    lines.every(({ name }) => name.length <= OWN_LINES.longest);
  if (!isFit) return refuse({ code: 'lines-unreadable' });
  return keep(world, wish, { emergency: wish.emergency, lines });
};

/** As they stand, verified today. */
export const confirmCrisisLines = async (world: World, wish: LinesWish): Promise<Outcome<null>> => {
  const entry = entryOf(world, wish);
  return entry.ok ? keep(world, wish, entry.value) : entry;
};

/** Those that come with Hearth again. */
export const resetCrisisLines = async (world: World, wish: LinesWish): Promise<Outcome<null>> => {
  const entry = entryOf(world, wish);
  if (!entry.ok) return entry;
  const reset = await world.store.change(async ({ crisisLines }) => {
    await crisisLines.remove(wish.guildId, entry.value.country);
    return allow(null);
  });
  if (reset.ok) await world.helpDesk.refresh();
  return reset;
};
