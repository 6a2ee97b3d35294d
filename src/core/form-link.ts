/** An address that opens one page for one person, once: what they are asked there never passes through Discord. */
import type { Person } from './person.ts';
import { after, MINUTE } from './time.ts';

/** Long enough to write in peace, and no longer. */
export const LINK_LASTS = 15 * MINUTE;

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
  readonly usedAt?: Date;
}

/** When it opens nothing any more. */
export const closesAt = ({ madeAt }: Pick<FormLink, 'madeAt'>): Date => after(madeAt, LINK_LASTS);

export type LinkState = 'open' | 'used' | 'closed';

/** Whether it may be used now. */
export const linkState = (link: Pick<FormLink, 'madeAt' | 'usedAt'>, now: Date): LinkState =>
  link.usedAt ? 'used' : now < closesAt(link) ? 'open' : 'closed';
