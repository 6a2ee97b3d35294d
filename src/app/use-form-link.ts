/** Finds what an address opens, and has it used up by the very change that is made under it. */
import { type FormLink, type LinkState, linkState } from '../core/form-link.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Records, Store } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

export interface FoundLink {
  readonly link: FormLink;
  readonly state: LinkState;
}

/** By the secret part of the address; undefined for one that never was, or is forgotten. Changes nothing. */
export const findFormLink = async (
  { store, clock, secrets }: Pick<World, 'store' | 'clock' | 'secrets'>,
  token: string,
): Promise<FoundLink | undefined> => {
  const link = await store.records.formLinks.byToken(secrets.digest(token));
  return link && { link, state: linkState(link, clock.now()) };
};

/** The world of somebody who acts under an address. */
type Work<Value> = (records: Records) => Promise<Outcome<Value>>;

export interface UnderLink {
  readonly world: World;
  /** Uses the address up, where no change did: what only reads is shown once, too. */
  readonly finish: () => Promise<Outcome<null>>;
}

/**
 * Whatever is changed first uses the address up, in one transaction with it: of two who send the same page at once one
 * changes something, and a refusal leaves the address as good as it was. Refused with `link-used` likewise.
 */
export const underLink = (world: World, { id }: FormLink): UnderLink => {
  const { clock } = world;
  let used = false;
  const useIn = async ({ formLinks }: Records): Promise<Outcome<null>> =>
    used || (await formLinks.use(id, clock.now())) ? allow(null) : refuse({ code: 'link-used' });
  const change = async <Value>(store: Store, work: Work<Value>): Promise<Outcome<Value>> => {
    const outcome = await store.change<Value>(async (records) => {
      const use = await useIn(records);
      return use.ok ? work(records) : use;
    });
    used ||= outcome.ok;
    return outcome;
  };
  // In whosever hands: a change that is noted as theirs uses the address, too.
  const using = (store: Store): Store => ({
    ...store,
    change: (work) => change(store, work),
    by: (actor) => using(store.by(actor)),
  });
  return {
    world: { ...world, store: using(world.store) },
    finish: () => change(world.store, async () => allow(null)),
  };
};
