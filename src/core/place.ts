/**
 * Where somebody is while they meet with the group, and whom to call for them: told before each session, so that help
 * finds them. Staff are shown who has told it; what they told is looked up only when it is needed, and that is noted.
 */
import type { Confidential } from './confidential.ts';
import type { Person } from './person.ts';
import { after, HOUR } from './time.ts';

/** Characters of where somebody is, and of whom to call. */
export const PLACE_LENGTH = { fewest: 3, most: 300 } as const;

/** From how long before a session on it is asked for, in milliseconds: what was told before then is of another one. */
export const ASKED_BEFORE = HOUR;

/** `private`: nobody else hears or sees the group there. `passed`: nothing was told. */
export const PLACE_HOWS = ['private', 'not-private', 'passed'] as const;
export type PlaceHow = (typeof PLACE_HOWS)[number];

/** How somebody answered last, and nothing of what they told. */
export interface PlaceMark {
  readonly personId: string;
  readonly how: PlaceHow;
  readonly at: Date;
}

/** What somebody told. */
export interface PlaceWords {
  readonly place: Confidential<string>;
  readonly contact: Confidential<string>;
}

/** An answer as it is kept: one a person and cohort, and a later one takes the place of an earlier. */
export type ToldPlace = {
  readonly id: string;
  readonly cohortId: string;
  readonly person: Person;
  readonly at: Date;
} & ({ readonly how: 'passed' } | ({ readonly how: Exclude<PlaceHow, 'passed'> } & PlaceWords));

/** From when on an answer is one for the session that begins, or began, then. */
export const askedFrom = (startsAt: Date): Date => after(startsAt, -ASKED_BEFORE);

/** Who has confirmed where they are, who passed, and who has done neither yet; accounts, in the order of the roster. */
export interface PlacesNow {
  readonly confirmed: readonly string[];
  readonly passed: readonly string[];
  readonly notYet: readonly string[];
}

/**
 * How people have answered for the session that begins, or began, at `startsAt`. Whoever has said that they cannot come
 * (`away`, by their ids) is not waited for.
 */
export const placesNow = (
  everybody: readonly Person[],
  marks: readonly PlaceMark[],
  { startsAt, away }: { readonly startsAt: Date; readonly away: readonly string[] },
): PlacesNow => {
  const held = marks.filter(({ at }) => at >= askedFrom(startsAt));
  const howOf = ({ id }: Person): PlaceHow | undefined => held.find(({ personId }) => personId === id)?.how;
  const those = (people: readonly Person[], ...hows: readonly (PlaceHow | undefined)[]): readonly string[] =>
    people.filter((person) => hows.includes(howOf(person))).map(({ account }) => account);
  const expected = everybody.filter(({ id }) => !away.includes(id));
  return {
    confirmed: those(everybody, 'private'),
    passed: those(everybody, 'passed'),
    notYet: those(expected, 'not-private', undefined),
  };
};
