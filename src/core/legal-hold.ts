/** A legal hold: as long as it is not lifted, nothing goes of what is kept, not by itself and not on request. */
import type { Confidential } from './confidential.ts';
import type { Person } from './person.ts';

export interface LegalHold {
  readonly id: string;
  readonly cohortId: string;
  /** Missing where it is about everybody in the cohort. */
  readonly person?: Person;
  readonly reason: Confidential<string>;
  /** Account of the admin. */
  readonly placedBy: string;
  readonly placedAt: Date;
}
