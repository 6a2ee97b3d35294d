/** An address that opens one page for one person, once: what they are asked there never passes through Discord. */
import type { Person } from './person.ts';
import { after, earliest, HOUR, MINUTE } from './time.ts';

/** Long enough to write in peace, and no longer. */
export const LINK_LASTS = 15 * MINUTE;

/** So long from the address on that was given in Discord, pages lead to further ones: whoever got hold of one does not go on for ever. */
export const CHAIN_LASTS = HOUR;

/** What closes sooner than this is not offered: nobody could use it in peace. */
const SHORTEST = MINUTE;

export interface FormLink {
  readonly id: string;
  readonly person: Person;
  /** Discord's id of the server. */
  readonly guildId: string;
  readonly cohortId: string;
  /** SHA-256 of the secret part, in hexadecimal: the secret itself is kept by nobody but its owner. */
  readonly tokenSha256: string;
  /** Of the command that is asked for. */
  readonly path: string;
  /** Ids and codes that the command is given beside what is filled in. */
  readonly given: Readonly<Record<string, string>>;
  /** BCP 47: what language the page speaks. */
  readonly locale: string;
  readonly madeAt: Date;
  /** When the first was given in Discord from whose page this one was reached, over however many; its own, for that one. */
  readonly begunAt: Date;
  readonly usedAt?: Date;
}

/** When it opens nothing any more. */
export const closesAt = ({ madeAt, begunAt }: Pick<FormLink, 'madeAt' | 'begunAt'>): Date =>
  earliest(after(madeAt, LINK_LASTS), after(begunAt, CHAIN_LASTS));

/** Whether its page may lead to a further one now. */
export const leadsOn = ({ begunAt }: Pick<FormLink, 'begunAt'>, now: Date): boolean =>
  closesAt({ madeAt: now, begunAt }) >= after(now, SHORTEST);

export type LinkState = 'open' | 'used' | 'closed';

/** Whether it may be used now. */
export const linkState = (link: Pick<FormLink, 'madeAt' | 'begunAt' | 'usedAt'>, now: Date): LinkState =>
  link.usedAt ? 'used' : now < closesAt(link) ? 'open' : 'closed';
