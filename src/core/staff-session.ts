/** How long whoever looks after a group stays signed in on pages, once Discord and a code have told who they are. */
import type { Person } from './person.ts';
import { after, HOUR, MINUTE } from './time.ts';

/** Without a page in so long, it is over. */
export const IDLE = 15 * MINUTE;
/** However busy they are, it is over then. */
export const LONGEST = 8 * HOUR;

export interface StaffSession {
  readonly id: string;
  readonly person: Person;
  /** SHA-256 of the secret that the browser holds, in hexadecimal. */
  readonly tokenSha256: string;
  readonly madeAt: Date;
  /** When a page was last asked for in it. */
  readonly seenAt: Date;
  /** When the second factor was given; missing until then. */
  readonly confirmedAt?: Date;
  readonly endedAt?: Date;
}

/** Whether it still counts, with or without the second factor. */
export const goesOn = ({ madeAt, seenAt, endedAt }: StaffSession, now: Date): boolean =>
  !endedAt && now < after(seenAt, IDLE) && now < after(madeAt, LONGEST);

/** Whether somebody is signed in by it. */
export const isSignedIn = (session: StaffSession, now: Date): boolean =>
  goesOn(session, now) && session.confirmedAt !== undefined;
