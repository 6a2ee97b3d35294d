/** Opens an alert, or adds to the one that is open, and tells the first who is to see it: in one change. */
import { type Alert, type AlertKind, patienceFor, repeated, supervisorApart, toldOf } from '../core/alert.ts';
import type { Cohort } from '../core/cohort.ts';
import type { Confidential } from '../core/confidential.ts';
import { isOnCall, ladderOf, type OnCall } from '../core/on-call.ts';
import type { Person } from '../core/person.ts';
import { after, MINUTE } from '../core/time.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { notify } from './notify.ts';

export type AlertWorld = Pick<World, 'ids' | 'clock' | 'zones'>;

/** What somebody asks for, and how they are known. */
export interface Raising {
  readonly cohort: Cohort;
  readonly kind: AlertKind;
  readonly person: Person;
  /** A request counts once, however often it is tried. */
  readonly requestId: string;
  readonly at: Date;
  /** Given where it was told before it could be kept. */
  readonly alertId?: string;
  readonly noticeId?: string;
  readonly sayingId?: string;
  /** Of a report: whom it is about, what was written, and who may read it. */
  readonly about?: Person;
  readonly words?: Confidential<string>;
  readonly readers?: Alert['readers'];
}

/** Who is told of an alert of a group, one after the other. */
export const ladderFor = async (
  { onCalls }: Pick<Records, 'onCalls'>,
  cohort: Cohort,
  alert: Pick<Alert, 'readers' | 'about' | 'person'>,
): Promise<{ readonly onCall?: OnCall; readonly ladder: readonly Person[] }> => {
  const onCall = await onCalls.ofCohort(cohort.id);
  const ladder = toldOf(alert, ladderOf(cohort, onCall, alert.person), supervisorApart(cohort));
  return { ladder, ...(onCall && { onCall }) };
};

const factsOf = ({ id, kind, openedAt, isOutside }: Alert) => ({
  ...{ kind: 'alert' as const, alertId: id, what: kind, at: openedAt.toISOString(), isOutside },
});

/** Tells whoever stands on its rung: by direct message, and by name in the room of the staff if they read there. */
export const tellRung = async (
  world: AlertWorld,
  records: Records,
  { alert, cohort, person }: { readonly alert: Alert; readonly cohort: Cohort; readonly person: Person },
  { noticeId, sayingId, at }: Partial<Pick<Raising, 'noticeId' | 'sayingId' | 'at'>> = {},
): Promise<void> => {
  const { id: cohortId, lead, coFacilitator } = cohort;
  const key = `alert:${alert.id}:${alert.round}:${alert.rung}`;
  const made = at ? { madeAt: at } : {};
  await notify(world, records, {
    ...{ cohortId, key, person, alone: true, ...made, ...(noticeId !== undefined && { id: noticeId }) },
    notice: { ...factsOf(alert), cohortId },
  });
  // What is about a facilitator is told nowhere where facilitators read.
  if (alert.readers === 'supervisor') return;
  const readsThere = [lead.id, coFacilitator.id].includes(person.id);
  await notify(world, records, {
    ...{
      cohortId,
      key: `${key}:room`,
      room: 'staff',
      ...made,
      ...(sayingId !== undefined && { id: sayingId }),
    },
    announcement: { ...factsOf(alert), ...(readsThere && { account: person.account }) },
  });
};

/** Asks that the next be told, when nobody has acknowledged it by then. */
export const awaitClimb = async (
  { jobs }: Pick<Records, 'jobs'>,
  { id: alertId, cohortId, kind, rung, round }: Alert,
  { onCall, ladder }: { readonly onCall?: OnCall; readonly ladder: readonly Person[] },
  from: Date,
): Promise<void> => {
  const wait = patienceFor({ kind, rung }, ladder.length, onCall?.patience);
  await jobs.enqueue({ name: 'alert-due', cohortId, alertId, rung, round }, after(from, wait));
};

/** Whoever looks after it is told, at most once a minute. */
const tellAgain = async (world: AlertWorld, records: Records, alert: Alert, at: Date): Promise<void> => {
  if (!alert.acknowledged) return;
  const { cohortId } = alert;
  const minute = Math.floor(at.getTime() / MINUTE);
  await notify(world, records, {
    ...{ cohortId, key: `alert:${alert.id}:again:${minute}`, alone: true },
    person: await records.people.known(alert.acknowledged.by),
    notice: { ...factsOf(alert), cohortId, again: true },
  });
};

const addTo = async (world: AlertWorld, records: Records, before: Alert, at: Date): Promise<Alert> => {
  const alert = repeated(before, at);
  await records.alerts.save(alert);
  await records.alerts.note(alert.id, { kind: 'repeated', at });
  await tellAgain(world, records, alert, at);
  return alert;
};

const openNew = async (world: AlertWorld, records: Records, raising: Raising): Promise<Alert> => {
  const { cohort, kind, person, at, about, words, readers = 'staff' } = raising;
  const { ladder, onCall } = await ladderFor(records, cohort, { readers, person, ...(about && { about }) });
  const isCovered = onCall !== undefined && isOnCall(onCall.hours, world.zones.wall(at, cohort.zone));
  // The id with which it was told is used once: what was closed meanwhile stays closed.
  const given = raising.alertId;
  const isFree = given !== undefined && (await records.alerts.byId(given)) === undefined;
  const alert: Alert = {
    ...{ id: isFree ? given : world.ids.next(), cohortId: cohort.id, kind, person, readers },
    ...{ ...(about && { about }), ...(words && { words }), openedAt: at, isOutside: !isCovered },
    ...{ times: 1, lastAt: at, rung: 0, round: 1, version: 0 },
  };
  await records.alerts.add(alert);
  await records.alerts.note(alert.id, { kind: 'raised', at });
  const [first] = ladder;
  if (first) await tellRung(world, records, { alert, cohort, person: first }, isFree ? raising : { at });
  await awaitClimb(records, alert, { ladder, ...(onCall && { onCall }) }, at);
  return alert;
};

/** The alert; undefined when the request was counted before. */
export const raiseAlert = async (
  world: AlertWorld,
  records: Records,
  raising: Raising,
): Promise<Alert | undefined> => {
  const { alerts, jobs } = records;
  const { cohort, kind, person, requestId, at } = raising;
  if (await alerts.wasCounted(requestId)) return undefined;
  const before = kind === 'report' ? undefined : await alerts.unclosedOf(cohort.id, person.id, kind);
  const alert = await (before ? addTo(world, records, before, at) : openNew(world, records, raising));
  await alerts.count(requestId, alert.id);
  await jobs.enqueue({ name: 'bring-boards', cohortId: cohort.id });
  return alert;
};
