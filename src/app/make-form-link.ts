/** Makes somebody an address that opens one page, once, in a quarter of an hour; and from that page those of the next. */
import type { Cohort } from '../core/cohort.ts';
import { type FormLink, leadsOn } from '../core/form-link.ts';
import { GIVEN_PAGES } from '../core/often.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import { after, DAY, MINUTE } from '../core/time.ts';
import type { World } from '../ports/world.ts';

export interface LinkWish {
  readonly person: Person;
  readonly cohort: Pick<Cohort, 'id' | 'guildId'>;
  /** Of the command that is asked for. */
  readonly path: string;
  /** Ids and codes. */
  readonly given: Readonly<Record<string, string>>;
  /** BCP 47. */
  readonly locale: string;
}

/** So long it can still be told why an address opens nothing. */
const KEPT = DAY;

/** The secret part of the address; of it only its digest is kept. */
const makeToken = (
  { store, clock, ids, secrets }: World,
  { person, cohort, path, given, locale }: LinkWish,
  begunAt?: Date,
): Promise<Outcome<string>> => {
  const [token, madeAt] = [secrets.make(), clock.now()];
  const link = { id: ids.next(), person, path, given, locale, madeAt, begunAt: begunAt ?? madeAt };
  const whose = { guildId: cohort.guildId, cohortId: cohort.id, tokenSha256: secrets.digest(token) };
  return store.change(async ({ formLinks, people }) => {
    // So that two who ask at once are counted one after the other.
    await people.hold([person.id]);
    const { most, within } = GIVEN_PAGES;
    if ((await formLinks.givenSince(person.id, after(madeAt, -within))) >= most) {
      return refuse({ code: 'too-many-pages', minutes: within / MINUTE });
    }
    await formLinks.add({ ...link, ...whose }, after(madeAt, -KEPT));
    return allow(token);
  });
};

/** The whole address, as it is given in Discord. Refused with `too-many-pages`. */
export const makeFormLink = async (world: World, wish: LinkWish): Promise<Outcome<string>> => {
  const made = await makeToken(world, wish);
  return made.ok ? allow(world.pages.answer(made.value)) : made;
};

/** The secret part of an address to which a page leads; none once pages have led on for long, or when too many were given. */
export const makeStep = async (
  world: World,
  from: Pick<FormLink, 'begunAt'>,
  wish: LinkWish,
): Promise<string | undefined> => {
  if (!leadsOn(from, world.clock.now())) return undefined;
  const made = await makeToken(world, wish, from.begunAt);
  return made.ok ? made.value : undefined;
};
