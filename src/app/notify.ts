/** Puts a line into the ledger of what is told to whom, and asks that it be delivered, within the change that causes it. */
import type { Announcement } from '../core/board.ts';
import type { NoticeOutcome, NoticeRecord, NoticeRoom, ToPerson, ToRoom } from '../core/ledger.ts';
import type { Reminder } from '../core/milestone.ts';
import type { Notice } from '../core/notice.ts';
import type { Person } from '../core/person.ts';
import { type NoticeWhy, USUAL_PREFERENCE } from '../core/reminder.ts';
import type { Job } from '../ports/jobs.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** What is to be told, and what it is of. */
export interface Wish {
  readonly cohortId: string;
  readonly occurrenceId?: string;
  /** What it is, of what, and for whom: a wish with a key that was there before is none. */
  readonly key: string;
  readonly reminder?: Reminder;
  /** Given where it was told before it could be kept: what was told then is not told twice. */
  readonly id?: string;
  readonly madeAt?: Date;
  /** Why it is not delivered, but only recorded. */
  readonly dropped?: NoticeWhy;
}

/** For one person: by direct message only if they asked for it, and else by name in `room`, if one is given. */
export interface PersonWish extends Wish {
  readonly person: Person;
  readonly notice: Notice;
  readonly room?: NoticeRoom;
  /** Of the pair whose room it is. */
  readonly number?: number;
  /** It concerns them alone: by direct message unless they chose to get none, and then, too, where no room is given. */
  readonly alone?: true;
  /** The notice to a whole room in which it is told, too. */
  readonly toldIn?: string;
}

/** For everybody in a room. */
export interface RoomWish extends Wish {
  readonly room: ToRoom['room'];
  readonly announcement: Announcement;
}

const addressOf = async (records: Records, wish: PersonWish | RoomWish): Promise<ToPerson | ToRoom> => {
  if (!('person' in wish)) return { room: wish.room, announcement: wish.announcement };
  const { cohortId, person, notice, room, number, alone, toldIn } = wish;
  const chosen = await records.contactPreferences.ofPerson(cohortId, person.id);
  // Whoever wants none gets none, wherever there is another way to reach them.
  const anyway = alone === true && (chosen === undefined || room === undefined);
  const { direct } = chosen ?? USUAL_PREFERENCE;
  return {
    ...{ person, notice, direct: (anyway || direct) && toldIn === undefined },
    ...(room && { room }),
    ...(number !== undefined && { number }),
    ...(toldIn !== undefined && { toldIn }),
  };
};

const stateOf = ({ dropped }: Wish, now: Date): NoticeOutcome =>
  dropped ? { outcome: 'dropped', why: dropped, settledAt: now } : { outcome: 'pending' };

/** What delivers it. The room of two is opened first: then that job has what waits for it delivered. */
export const jobFor = (record: NoticeRecord): Job => {
  const { id: noticeId, cohortId } = record;
  const opensFirst = 'person' in record && !record.direct && record.room === 'one-to-one';
  return opensFirst ? { name: 'bring-rooms', cohortId } : { name: 'deliver-notice', cohortId, noticeId };
};

/** The id of the line, with the job that delivers it; undefined when there was one with that key already. */
export const notify = async (
  { ids, clock }: Pick<World, 'ids' | 'clock'>,
  records: Records,
  wish: PersonWish | RoomWish,
): Promise<string | undefined> => {
  const { cohortId, occurrenceId, key, reminder } = wish;
  const now = clock.now();
  const record: NoticeRecord = {
    ...(await addressOf(records, wish)),
    ...{ id: wish.id ?? ids.next(), cohortId, key, madeAt: wish.madeAt ?? now, state: stateOf(wish, now) },
    ...(occurrenceId !== undefined && { occurrenceId }),
    ...(reminder && { reminder }),
  };
  if (!(await records.notices.claim(record))) return undefined;
  const waits = record.state.outcome === 'pending' && !('person' in record && record.toldIn !== undefined);
  if (waits) await records.jobs.enqueue(jobFor(record));
  return record.id;
};
