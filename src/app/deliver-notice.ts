/** The job that tells what the ledger holds: once, however often it is tried, and records how, or why not. */
import type { Cohort } from '../core/cohort.ts';
import {
  type NoticeOutcome,
  type NoticeRecord,
  type ToPerson,
  type ToRoom,
  toldUntil,
} from '../core/ledger.ts';
import type { Occurrence } from '../core/occurrence.ts';
import { allow } from '../core/outcome.ts';
import { leftInPeace, type NoticeWhy, USUAL_PREFERENCE, uselessNow } from '../core/reminder.ts';
import { sameRoom } from '../core/rooms.ts';
import { between, MINUTE } from '../core/time.ts';
import type { Delivery } from '../ports/messenger.ts';
import type { Attempt, Once } from '../ports/rooms.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { roomsOf } from './bring-rooms.ts';
import { jobFor } from './notify.ts';
import { recordHindered } from './record-hindered.ts';
import { remindable } from './reminded.ts';

/** From this age on, in milliseconds, Discord no longer knows by itself that something was said already. */
const OLD = MINUTE;

type ForPerson = Extract<NoticeRecord, ToPerson>;
type Settled = Exclude<NoticeOutcome, { outcome: 'pending' }>;
/** How it came out; without the moment, which is that of the record. */
type Told =
  | { readonly outcome: 'direct' | 'mention' | 'room'; readonly messageId: string }
  | { readonly outcome: 'dropped'; readonly why: NoticeWhy };
/** Where Hearth may not speak: it stays to be told until an admin has given the right, or it is of no use any more. */
type Hindered = { readonly outcome: 'hindered'; readonly missing: readonly string[] };

const dropped = (why: NoticeWhy): Told => ({ outcome: 'dropped', why });

/** Whoever moved it since then, or left it out, tells that. */
const newsOfNoUse = (
  { what, startsAt }: Extract<ToPerson['notice'], { kind: 'individual' }>,
  occurrence: Occurrence,
): NoticeWhy | undefined => {
  if (what === 'cancelled') return undefined;
  return occurrence.state === 'skipped' || occurrence.startsAt.toISOString() !== startsAt
    ? 'moved'
    : undefined;
};

const ofNoUse = (
  {
    announcement,
    notice,
  }: { readonly announcement?: ToRoom['announcement']; readonly notice?: ToPerson['notice'] },
  occurrence: Occurrence,
  now: Date,
): NoticeWhy | undefined => {
  const about = announcement ?? notice;
  if (about?.kind === 'reminder' || (about?.kind === 'individual' && about.what === 'soon')) {
    return uselessNow(occurrence, new Date(about.startsAt), now);
  }
  if (about?.kind === 'individual') return newsOfNoUse(about, occurrence);
  if (about?.kind !== 'take-over' && about?.kind !== 'still-open') return undefined;
  if (occurrence.startsAt.toISOString() !== about.startsAt) return 'moved';
  return occurrence.state === 'planned' ? undefined : 'has-begun';
};

/** A task that was settled meanwhile needs no word. */
const isSettled = async ({ tasks }: Pick<Records, 'tasks'>, record: NoticeRecord): Promise<boolean> =>
  'person' in record &&
  record.notice.kind === 'task' &&
  (await tasks.byId(record.notice.taskId))?.settled !== undefined;

/** An alert that somebody looks after by now needs no word, but to them that it was asked again. */
const isLookedAfter = async ({ alerts }: Pick<Records, 'alerts'>, record: NoticeRecord): Promise<boolean> => {
  const about = 'person' in record ? record.notice : record.announcement;
  if (about.kind !== 'alert') return false;
  const alert = await alerts.byId(about.alertId);
  if (!alert || alert.closed) return true;
  return alert.acknowledged !== undefined && !('again' in about);
};

/** What was undone by now is of no use to whoever it was done to, nor that it was, when it was done anew. */
const isPast = async (
  { moderations }: Pick<Records, 'moderations'>,
  record: NoticeRecord,
): Promise<boolean> => {
  if (!('person' in record) || record.notice.kind !== 'held') return false;
  const { moderationId, act, until, lifted: isOver } = record.notice;
  if (moderationId === undefined) return false;
  const standing = (await moderations.unsettled(record.cohortId)).filter(({ lifted }) => !lifted);
  if (isOver) return standing.some((each) => each.act === act && each.person?.id === record.person.id);
  const same = standing.find(({ id }) => id === moderationId);
  return !same || same.until?.toISOString() !== until;
};

/** Why somebody is not to be reminded after all; whoever leads a time of two people is on no roster. */
const inPeaceNow = async (
  world: World,
  { person, notice, reminder, cohortId }: ForPerson,
  cohort: Cohort,
  occurrence: Occurrence,
): Promise<NoticeWhy | undefined> => {
  const { records } = world.store;
  if (reminder === undefined) return undefined;
  if (notice.kind === 'individual') {
    const preference = (await records.contactPreferences.ofPerson(cohortId, person.id)) ?? USUAL_PREFERENCE;
    return leftInPeace({ signed: true, preference }, reminder);
  }
  const people = await remindable(world, records, cohort, occurrence);
  const found = people.find(({ member }) => member.person.id === person.id);
  // Somebody who has left the group since then is told nothing of it.
  return found ? leftInPeace(found, reminder) : 'not-signed';
};

/** Why it should not be told any more: much may have come to pass since it was asked for. */
const whyNot = async (world: World, record: NoticeRecord, cohort: Cohort): Promise<NoticeWhy | undefined> => {
  const { records } = world.store;
  if ((await isSettled(records, record)) || (await isLookedAfter(records, record))) return 'settled';
  if (await isPast(records, record)) return 'settled';
  const occurrence =
    record.occurrenceId === undefined ? undefined : await records.occurrences.byId(record.occurrenceId);
  if (!occurrence) return undefined;
  const useless = ofNoUse(record, occurrence, world.clock.now());
  if (useless) return useless;
  // While Discord could not be reached, several may have come to wait.
  if (await records.notices.isOvertaken(record)) return 'superseded';
  return 'person' in record ? inPeaceNow(world, record, cohort, occurrence) : undefined;
};

const roomOf = async (world: World, { cohortId, room }: NoticeRecord): Promise<string | undefined> => {
  const refs = await world.store.records.roomRefs.ofCohort(cohortId);
  return refs.find(({ kind }) => kind === room)?.channelId;
};

/** The room of the two, which was opened for what is to be told there; none when the person may not read in it. */
const roomOfTheirs = async (
  world: World,
  { cohortId, person, number }: ForPerson,
): Promise<string | undefined> => {
  const { cohorts, roomRefs } = world.store.records;
  const cohort = await cohorts.byId(cohortId);
  const id = { kind: 'one-to-one', ...(number !== undefined && { number }) } as const;
  const room = cohort && (await roomsOf(world, cohort)).find((each) => sameRoom(each, id));
  if (!room?.guests.some(({ account }) => account === person.account)) return undefined;
  return roomRefs.channelOf(cohortId, id);
};

const inRoom = (
  attempt: Attempt<{ readonly messageId: string }>,
  outcome: 'mention' | 'room',
): Told | Hindered => {
  if (attempt.did === 'forbidden') return { outcome: 'hindered', missing: attempt.missing };
  return attempt.did === 'done' ? { outcome, messageId: attempt.value.messageId } : dropped('room-gone');
};

/** By name in the room that is given; nowhere, when none is: then their closed door is all that there is to say. */
const callInRoom = async (world: World, record: ForPerson, once: Once): Promise<Told | Hindered> => {
  if (record.room === undefined) return dropped(record.why ?? 'room-gone');
  const theirs = record.room === 'one-to-one';
  const channelId = await (theirs ? roomOfTheirs(world, record) : roomOf(world, record));
  if (channelId === undefined) return dropped('room-gone');
  const { person, notice } = record;
  // Another name than that of the direct message: Discord would take one for the other.
  const called = { ...once, id: `${once.id}:${record.room}` };
  const say = theirs ? world.messenger.aside : world.messenger.mention;
  return inRoom(await say(channelId, person.account, notice, called), 'mention');
};

/**
 * Kept before anything is said in the room: from then on the other way is not tried again. What is to be told in the room
 * of two waits until that is open.
 */
const fallBack = async (
  world: World,
  record: ForPerson,
  once: Once,
): Promise<Told | Hindered | undefined> => {
  const fallen: ForPerson = { ...record, direct: false, why: 'closed' };
  const waits = record.room === 'one-to-one';
  await world.store.change(async ({ notices, jobs }) => {
    await notices.fallBack(record.id);
    if (waits) await jobs.enqueue(jobFor(fallen));
    return allow(null);
  });
  return waits ? undefined : callInRoom(world, fallen, once);
};

/** Undefined while it waits. */
const tellPerson = async (
  world: World,
  record: ForPerson,
  once: Once,
): Promise<Told | Hindered | undefined> => {
  if (!record.direct) return callInRoom(world, record, once);
  const delivery: Delivery = await world.messenger.direct(record.person.account, record.notice, once);
  if (delivery.did === 'done') return { outcome: 'direct', messageId: delivery.value.messageId };
  return fallBack(world, record, once);
};

const tellRoom = async (
  world: World,
  record: Extract<NoticeRecord, ToRoom>,
  once: Once,
): Promise<Told | Hindered> => {
  const channelId = await roomOf(world, record);
  if (channelId === undefined) return dropped('room-gone');
  return inRoom(await world.rooms.say(channelId, record.announcement, once), 'room');
};

const onceOf = async (
  world: World,
  { id, cohortId, madeAt: since }: NoticeRecord,
  again: boolean,
): Promise<Once> => {
  const { announcements, notices } = world.store.records;
  const others = again
    ? [...(await announcements.messages(cohortId)), ...(await notices.messages(cohortId, since))]
    : [];
  return { id, since, again, others };
};

/** When the room of two closes again in which it was told; undefined for what was told elsewhere. */
const readUntil = (record: NoticeRecord): Date | undefined => {
  if (!('person' in record) || record.room !== 'one-to-one') return undefined;
  const { madeAt, occurrenceId, notice } = record;
  const ofTime = occurrenceId !== undefined && 'startsAt' in notice;
  return toldUntil({ madeAt, ...(ofTime && { startsAt: new Date(notice.startsAt) }) });
};

const settle = async (world: World, record: NoticeRecord, told: Told): Promise<void> => {
  const { id, cohortId } = record;
  const outcome: Settled = { ...told, settledAt: world.clock.now() };
  await world.store.change(async ({ notices, jobs }) => {
    await notices.settle(id, outcome);
    const until = told.outcome === 'mention' ? readUntil(record) : undefined;
    if (until) await jobs.enqueue({ name: 'bring-rooms', cohortId }, until);
    return allow(null);
  });
  if (outcome.outcome === 'dropped') {
    world.log.info('notice-dropped', { cohort: cohortId, notice: id, why: outcome.why });
  }
};

/**
 * Tells it, and settles its line of the ledger. `attempt` counts from 1: what is of no use any more, and may have been
 * told by an earlier one, is recorded as not known.
 */
export const deliverNotice = async (
  world: World,
  { noticeId }: { readonly noticeId: string },
  attempt = 1,
): Promise<void> => {
  const { records } = world.store;
  const record = await records.notices.byId(noticeId);
  const cohort = record && (await records.cohorts.byId(record.cohortId));
  if (!record || !cohort || record.state.outcome !== 'pending') return;
  const why = await whyNot(world, record, cohort);
  if (why) return settle(world, record, dropped(attempt > 1 ? 'unsure' : why));
  const again = attempt > 1 || between(record.madeAt, world.clock.now()) > OLD;
  const once = await onceOf(world, record, again);
  const told = await ('person' in record ? tellPerson(world, record, once) : tellRoom(world, record, once));
  if (!told) return;
  if (told.outcome !== 'hindered') return settle(world, record, told);
  const job = { name: 'deliver-notice', cohortId: record.cohortId, noticeId } as const;
  await recordHindered(world, { job, missing: told.missing, attempt });
};
