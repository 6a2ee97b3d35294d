/** Reminds everybody whom a meeting concerns, each as they asked for it, and records of the others why they were not. */
import type { Cohort } from '../core/cohort.ts';
import { type Milestone, REMINDERS, type Reminder } from '../core/milestone.ts';
import type { Occurrence } from '../core/occurrence.ts';
import { isSuperseded, leftInPeace, type NoticeWhy, uselessNow } from '../core/reminder.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { notify, type PersonWish } from './notify.ts';
import { roomOfTwo } from './pair-room.ts';
import { type Remindable, remindable } from './reminded.ts';
import { asksPlace } from './tell-place.ts';

export interface Reminding {
  readonly occurrence: Occurrence;
  readonly cohort: Cohort;
  readonly reminder: Reminder;
  /** All milestones that were reached at once. */
  readonly together: readonly Milestone[];
  readonly now: Date;
}

const isReminder = (milestone: Milestone): milestone is Reminder =>
  REMINDERS.some((reminder) => reminder === milestone);

const whyNot = (
  { occurrence, cohort, reminder, together, now }: Reminding,
  person: Remindable,
): NoticeWhy | undefined => {
  const useless = uselessNow(occurrence, occurrence.startsAt, now) ?? leftInPeace(person, reminder);
  if (useless) return useless;
  const due = together.filter(isReminder).filter((each) => cohort.settings.reminders.includes(each));
  return isSuperseded(person, reminder, due) ? 'superseded' : undefined;
};

/** Where somebody is, they are asked from an hour before a session on, of the group or of their own. */
const asking = ({ cohort, reminder }: Reminding) => (reminder === 'day' ? {} : asksPlace(cohort));

const wishOf = (
  reminding: Reminding,
  room: Pick<PersonWish, 'room' | 'number'>,
  { member, answer }: Remindable,
): PersonWish & { readonly occurrenceId: string } => {
  const { occurrence, reminder } = reminding;
  const { id: occurrenceId, cohortId } = occurrence;
  const startsAt = occurrence.startsAt.toISOString();
  const ready = answer === 'coming';
  return {
    ...{ cohortId, occurrenceId, reminder, person: member.person },
    key: `reminder:${occurrenceId}:${startsAt}:${reminder}:${member.person.id}`,
    notice: { kind: 'reminder', startsAt, cohortId, occurrenceId, ready, ...asking(reminding) },
    ...room,
  };
};

/** One message for all who did not ask for their own. */
const tellRoom = async (
  world: World,
  records: Records,
  { occurrence, reminder }: Reminding,
): Promise<string | undefined> => {
  const { id: occurrenceId, cohortId } = occurrence;
  const startsAt = occurrence.startsAt.toISOString();
  return notify(world, records, {
    cohortId,
    occurrenceId,
    reminder,
    room: 'group',
    key: `reminder:${occurrenceId}:${startsAt}:${reminder}:room`,
    announcement: { kind: 'reminder', startsAt, occurrenceId },
  });
};

/** Reminds; doing it again changes nothing, since every line of the ledger is claimed by its key. */
export const remind = async (world: World, records: Records, reminding: Reminding): Promise<void> => {
  const { occurrence, cohort, reminder } = reminding;
  const { individual } = occurrence;
  if (!cohort.settings.reminders.includes(reminder)) return;
  const people = await remindable(world, records, cohort, occurrence);
  // Of a time of two people nothing is said to the group.
  const isAlone = ({ preference }: Remindable): boolean => individual !== undefined || preference.direct;
  const room = individual ? await roomOfTwo(records, cohort.id, individual) : ({ room: 'group' } as const);
  const inRoom = people.filter((person) => !isAlone(person) && !whyNot(reminding, person));
  const toldIn = inRoom.length > 0 ? await tellRoom(world, records, reminding) : undefined;
  for (const person of people) {
    const dropped = whyNot(reminding, person);
    // Somebody else was first, and has recorded everybody.
    if (inRoom.includes(person) && toldIn === undefined) continue;
    await notify(world, records, {
      ...wishOf(reminding, room, person),
      ...(dropped && { dropped }),
      ...(inRoom.includes(person) && toldIn !== undefined && { toldIn }),
    });
  }
};
