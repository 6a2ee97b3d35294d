/** Links that staff show to the group: which addresses are taken, and what is kept of them. */
import type { Confidential } from './confidential.ts';
import { allow, type Outcome, refuse } from './outcome.ts';

/** Something to be watched together that was shown in a session. */
export interface SharedLink {
  readonly id: string;
  readonly cohortId: string;
  readonly sessionId: string;
  readonly address: Confidential<string>;
  readonly title: Confidential<string>;
  /** What is to be seen and heard, in words. */
  readonly alternative?: Confidential<string>;
  /** Address of the invitation to watch it together in the voice room; missing when there is none. */
  readonly invitation?: Confidential<string>;
  /** Account. */
  readonly sharedBy: string;
  readonly sharedAt: Date;
}

/** Characters of an address; Discord takes 512 behind a button. */
export const ADDRESS_LENGTH = { fewest: 10, most: 500 } as const;

// Letters, digits and hyphens between dots, the last part letters alone: no numbers that stand for a machine, no name
// and password before an @, no port, and nothing that looks like a letter and is none.
const ADDRESS = /^https:\/\/(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,24}(?:\/[\x21-\x7e]*)?$/i;

/** An address as it is kept, with the host that people are shown; refused with `link-unreadable`. */
export const readAddress = (written: string): Outcome<string> =>
  ADDRESS.test(written) && written.length <= ADDRESS_LENGTH.most
    ? allow(written)
    : refuse({ code: 'link-unreadable' });

/** The host of an address that was read. */
export const hostOf = (address: string): string => address.split('/')[2]?.toLowerCase() ?? '';
