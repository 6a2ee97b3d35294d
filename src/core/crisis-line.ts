/**
 * Whom to call in a crisis, by country, as data with the day on which it was last verified.
 *
 * - Nobody's country is guessed: somebody who has not chosen one is shown where lines of every country are found.
 * - Numbers change: from half a year after its verification on, an entry is to be verified again.
 */
import { DAY } from './time.ts';
import type { LocalDate } from './wall-time.ts';

/** Countries are chosen within a region, since Discord shows 25 buttons at most. */
export const REGIONS = ['europe', 'americas', 'asia-pacific', 'africa-middle-east'] as const;
export type Region = (typeof REGIONS)[number];

/** A line, and the numbers under which it is called, or written to by SMS; an admin's own is in words of theirs. */
export interface CrisisLine {
  readonly name: string;
  readonly call?: string;
  readonly text?: string;
}

/** The lines of a country. */
export interface CrisisLines {
  /** ISO 3166-1, two letters. */
  readonly country: string;
  readonly region: Region;
  /** Numbers for when life is in danger. */
  readonly emergency: string;
  readonly lines: readonly CrisisLine[];
  readonly verifiedOn: LocalDate;
  /** Where the numbers were read. */
  readonly source: string;
}

/** What an admin's own entry may hold: characters of the emergency number, lines, and characters of one and of all. */
export const OWN_LINES = { emergency: 40, most: 6, longest: 120, all: 600 } as const;

/** What an admin has put in the place of an entry, for one server. */
export type OwnLines = Pick<CrisisLines, 'country' | 'emergency' | 'lines' | 'verifiedOn'>;

/** How long a verification holds, in milliseconds. */
export const VERIFIED_FOR = 180 * DAY;

/** Whether the entry is to be verified again. */
export const isStale = ({ verifiedOn }: Pick<CrisisLines, 'verifiedOn'>, now: Date): boolean =>
  now.getTime() - new Date(`${verifiedOn}T00:00:00Z`).getTime() > VERIFIED_FOR;

/** The entries of a server: its own ones in the place of those that come with Hearth. */
export const withOwn = (all: readonly CrisisLines[], own: readonly OwnLines[] = []): readonly CrisisLines[] =>
  all.map((each) => ({ ...each, ...own.find(({ country }) => country === each.country) }));
