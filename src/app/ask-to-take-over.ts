/** What is done when a meeting has begun and its lead does not appear: the co-facilitator is told, and nothing ends. */
import type { Cohort } from '../core/cohort.ts';
import type { Occurrence } from '../core/occurrence.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { notify } from './notify.ts';
import { accountsPresent } from './write-presence.ts';

interface Missed {
  readonly occurrence: Occurrence;
  readonly cohort: Cohort;
}

const takeOver = async (world: World, records: Records, { occurrence, cohort }: Missed): Promise<void> => {
  const { id: occurrenceId, cohortId } = occurrence;
  const { coFacilitator: person } = cohort;
  const startsAt = occurrence.startsAt.toISOString();
  const key = `take-over:${occurrenceId}:${startsAt}`;
  const announcement = { kind: 'take-over', startsAt, account: person.account } as const;
  await notify(world, records, { cohortId, occurrenceId, key: `${key}:staff`, room: 'staff', announcement });
  const { direct } = (await records.contactPreferences.ofPerson(cohortId, person.id)) ?? { direct: false };
  if (!direct) return;
  const notice = { kind: 'take-over', startsAt, cohortId } as const;
  await notify(world, records, { cohortId, occurrenceId, key: `${key}:${person.id}`, person, notice });
};

/** One that was left open keeps this one from being opened. */
const askToEnd = async (world: World, records: Records, { occurrence, cohort }: Missed): Promise<void> => {
  const { id: occurrenceId, cohortId } = occurrence;
  const startsAt = occurrence.startsAt.toISOString();
  await notify(world, records, {
    cohortId,
    occurrenceId,
    room: 'staff',
    key: `still-open:${occurrenceId}:${startsAt}`,
    announcement: { kind: 'still-open', startsAt, account: cohort.coFacilitator.account },
  });
};

const isHeldNow = async ({ sessions }: Records, occurrence: Occurrence): Promise<boolean> =>
  occurrence.state === 'held' &&
  occurrence.sessionId === (await sessions.unfinished(occurrence.cohortId))?.id;

/** Whether a meeting is being held, and it cannot be seen just now whether its lead is there: then it is to be looked at again. */
export const isLeadUnseen = async (
  world: World,
  records: Records,
  { occurrence, cohort }: Missed,
): Promise<boolean> =>
  !occurrence.individual &&
  (await isHeldNow(records, occurrence)) &&
  (await accountsPresent(world, records, cohort)) === undefined;

/** While the room cannot be seen, nobody is said not to be there. */
const leadMissing = async (world: World, records: Records, { occurrence, cohort }: Missed): Promise<void> => {
  const present = await accountsPresent(world, records, cohort);
  if (present === undefined || present.includes(cohort.lead.account)) return;
  const { id: occurrenceId, cohortId } = occurrence;
  await notify(world, records, {
    cohortId,
    occurrenceId,
    room: 'staff',
    key: `lead-missing:${occurrenceId}`,
    announcement: { kind: 'lead-missing', account: cohort.coFacilitator.account },
  });
};

/** Asks the co-facilitator to open a meeting that nobody has opened, to end first what was left open, or tells them that its lead is not there. */
export const askToTakeOver = async (world: World, records: Records, missed: Missed): Promise<void> => {
  const { occurrence } = missed;
  if (occurrence.individual) return;
  const session = await records.sessions.unfinished(occurrence.cohortId);
  if (occurrence.state === 'planned') return (session ? askToEnd : takeOver)(world, records, missed);
  if (occurrence.state === 'held' && occurrence.sessionId === session?.id) {
    await leadMissing(world, records, missed);
  }
};
