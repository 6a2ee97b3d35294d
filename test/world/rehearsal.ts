/** A world in which nothing lasts: what is asked in it is answered as ever, and nothing of it is kept. */
import { type Outcome, refuse } from '../../src/core/outcome.ts';
import type { Records, Store } from '../../src/ports/store.ts';
import type { World } from '../../src/ports/world.ts';

/** The change is done, its answer noted, and then all of it is refused, so that the store rolls it back. */
const rehearse = async <Value>(
  store: Store,
  work: (records: Records) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> => {
  let answer: Outcome<Value> | undefined;
  const undone = await store.change<Value>(async (records) => {
    answer = await work(records);
    return refuse({ code: 'somebody-was-first' });
  });
  return answer ?? undone;
};

/** What is only noted is a change, too: however often somebody tries, they are answered as the first time. */
const unnoted = ({ records }: Store): Records => ({
  ...records,
  audit: { ...records.audit, note: async () => {}, noteUpTo: async () => true },
});

const rehearsalIn = (store: Store): Store => ({
  records: unnoted(store),
  change: (work) => rehearse(store, work),
  by: (actor) => rehearsalIn(store.by(actor)),
});

/** The same world, seen by somebody who only tries. */
export const rehearsing = (world: World): World => ({ ...world, store: rehearsalIn(world.store) });
