/** Copies every erasure to the record outside of the database, as soon as it has happened, and counts them there. */
import { isTally, TALLIED_EVERY } from '../core/erasure.ts';
import { after, DAY } from '../core/time.ts';
import type { ErasureRecord } from '../ports/erasure-record.ts';
import type { Erasures } from '../ports/store.ts';

/** What stands in the record already. */
interface Known {
  readonly ids: Set<string>;
  /** When it was counted last. */
  talliedAt: Date;
}

const readRecord = async (record: ErasureRecord): Promise<Known> => {
  const lines = ((await record.all()) ?? []).filter((line) => line !== undefined);
  const tallies = lines.filter(isTally).map(({ at }) => at);
  return {
    ids: new Set(lines.flatMap((line) => (isTally(line) ? [] : [line.id]))),
    talliedAt: new Date(tallies.toSorted().at(-1) ?? 0),
  };
};

/** Copies what is missing, each once, at that moment; reads at the first time what was copied before. */
export const keepErasures = (
  held: Pick<Erasures, 'since' | 'tally'>,
  record: ErasureRecord,
): ((now: Date) => Promise<void>) => {
  let known: Known | undefined;
  let latest = new Date(0);
  return async (now) => {
    known ??= await readRecord(record);
    const { ids, talliedAt } = known;
    // Counted before they are copied: whatever is counted is in the record.
    const tally = await held.tally(now);
    // A day back: what bears an earlier moment may have been committed later.
    const found = await held.since(after(latest, -DAY));
    const missing = found.filter(({ id }) => !ids.has(id));
    if (missing.length > 0 || now >= after(talliedAt, TALLIED_EVERY)) {
      await record.add([...missing, tally]);
      known.talliedAt = now;
    }
    for (const { id } of missing) ids.add(id);
    latest = new Date(found.at(-1)?.at ?? latest);
  };
};
