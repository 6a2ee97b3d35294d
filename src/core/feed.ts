/** What somebody's own calendar is told of the sessions of their groups: when, and nothing of what about. */

import type { Person } from './person.ts';

/** One session in a calendar: known by its `uid` for ever, so that it is moved or struck out, never doubled. */
export interface FeedEvent {
  readonly uid: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** IANA zone in which it is shown. */
  readonly zone: string;
  /** Counts the changes of its time or state: a calendar believes the highest. */
  readonly sequence: number;
  readonly status: 'confirmed' | 'cancelled';
  readonly updatedAt: Date;
}

/** An address of somebody's own, under which a calendar finds the sessions of their groups in one server. */
export interface CalendarFeed {
  readonly id: string;
  readonly person: Person;
  readonly guildId: string;
  /** SHA-256 of the address's secret part, in hexadecimal: the secret itself is kept by nobody but its owner. */
  readonly tokenSha256: string;
  /** BCP 47: what language the calendar speaks. */
  readonly locale: string;
  readonly madeAt: Date;
}
