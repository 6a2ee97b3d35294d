/**
 * What is answered at once to whoever asks for help, from the memory of this very process: whatever else is down.
 * Nothing here waits, and nothing here throws.
 */
import type { CrisisLines, Region } from '../core/crisis-line.ts';
import type { Asking, Telling } from '../core/help.ts';

export interface Recalled {
  readonly telling: Telling;
  /** Of the country that they chose; missing when they have chosen none. */
  readonly lines?: CrisisLines;
}

export interface HelpDesk {
  /** The entries of a server, or those that come with Hearth. */
  linesIn(guildId: string): readonly CrisisLines[];
  /** Countries of a region, of which any have lines. */
  countriesOf(region: Region): readonly string[];
  /** What is known of them. */
  recall(asking: Asking): Recalled;
  /** Tells those who are on call, now or as soon as it can be done. */
  raise(asking: Asking): void;
  /** That what they asked for was closed: when they ask again, staff are told anew. */
  closed(cohortId: string, account: string): void;
  /** Keeps their country; none, when missing. */
  choose(account: string, country: string | undefined): void;
  /** Looks anew at all that is kept, and remembers it. */
  refresh(): Promise<void>;
}
