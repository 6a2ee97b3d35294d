/** Copies every erasure to the record outside of the database, as soon as it has happened. */
import { after, DAY } from '../core/time.ts';
import type { ErasureRecord } from '../ports/erasure-record.ts';
import type { Erasures } from '../ports/store.ts';

/** Copies what is missing, each once; reads at the first time what was copied before. */
export const keepErasures = (held: Pick<Erasures, 'since'>, record: ErasureRecord): (() => Promise<void>) => {
  let known: Set<string> | undefined;
  let latest = new Date(0);
  return async () => {
    if (!known) {
      const lines = await record.all();
      if (!lines) await record.add([]);
      known = new Set((lines ?? []).flatMap((line) => line?.id ?? []));
    }
    const kept = known;
    // A day back: what bears an earlier moment may have been committed later.
    const found = await held.since(after(latest, -DAY));
    const missing = found.filter(({ id }) => !kept.has(id));
    if (missing.length > 0) await record.add(missing);
    for (const { id } of missing) kept.add(id);
    latest = new Date(found.at(-1)?.at ?? latest);
  };
};
