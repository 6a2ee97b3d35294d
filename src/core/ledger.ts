/** The ledger of what was told to whom, how, or why not: every line is claimed once, and settled once. */
import type { Announcement } from './board.ts';
import type { Reminder } from './milestone.ts';
import type { Notice } from './notice.ts';
import type { Person } from './person.ts';
import type { NoticeWhy } from './reminder.ts';
import { after, DAY } from './time.ts';

/** What became of a notice. `mention`: by name in a room. `room`: in words for everybody there. */
export type NoticeOutcome =
  | { readonly outcome: 'pending' }
  | { readonly outcome: 'direct' | 'mention' | 'room'; readonly settledAt: Date; readonly messageId: string }
  | { readonly outcome: 'dropped'; readonly why: NoticeWhy; readonly settledAt: Date };

/** Where people are called by name; `one-to-one` is the room of two people, in which nobody else reads. */
export const NOTICE_ROOMS = ['group', 'staff', 'one-to-one'] as const;
export type NoticeRoom = (typeof NOTICE_ROOMS)[number];

/** How long the room of two people can be read after something was told in it, at the longest, in milliseconds. */
export const TOLD_FOR = 7 * DAY;

/** Until when it can be read: what was told of a time is of no use once that has come. */
export const toldUntil = ({
  madeAt,
  startsAt,
}: {
  readonly madeAt: Date;
  readonly startsAt?: Date;
}): Date => {
  const longest = after(madeAt, TOLD_FOR);
  return startsAt && startsAt < longest ? startsAt : longest;
};

/** Told to one person: by direct message first, when they asked for it, and else by name in the room, if one is given. */
export interface ToPerson {
  readonly person: Person;
  readonly notice: Notice;
  readonly direct: boolean;
  readonly room?: NoticeRoom;
  /** Of the pair whose room it is; missing for the rooms of the group. */
  readonly number?: number;
  /** The notice to a whole room in which it is told, too: then it is told nowhere by itself. */
  readonly toldIn?: string;
}

/** Said to everybody in a room. */
export interface ToRoom {
  readonly room: 'group' | 'staff';
  readonly announcement: Announcement;
}

/** A line of the ledger of what was told to whom, how, or why not. */
export type NoticeRecord = (ToPerson | ToRoom) & {
  readonly id: string;
  readonly cohortId: string;
  readonly occurrenceId?: string;
  /** Whoever is first to bear it has it: what it is, of what, and for whom. */
  readonly key: string;
  readonly reminder?: Reminder;
  readonly madeAt: Date;
  /** Why it did not come in the way that was tried first, or not at all. */
  readonly why?: NoticeWhy;
  readonly state: NoticeOutcome;
};

/** How many notices about a meeting came out in one way. */
export interface NoticeCount {
  readonly occurrenceId: string;
  readonly outcome: NoticeOutcome['outcome'];
  readonly why?: NoticeWhy;
  readonly count: number;
}
