/** Keeps what somebody missed and may make up for. */
import { type Attendance, currentStatus } from '../core/attendance.ts';
import type { Cohort } from '../core/cohort.ts';
import { isMissed } from '../core/make-up.ts';
import type { Ended } from '../core/session.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { saveMakeUp } from './follow-make-ups.ts';

type Owing = Pick<World, 'ids' | 'clock'>;

/** Makes it due, where the cohort offers make-ups and it is not known yet. */
export const oweMakeUp = async (
  { ids, clock }: Owing,
  { makeUps }: Pick<Records, 'makeUps'>,
  { id: cohortId, settings }: Pick<Cohort, 'id' | 'settings'>,
  session: Pick<Ended, 'id' | 'number'>,
  { id: attendanceId, person }: Attendance,
): Promise<void> => {
  if (!settings.offersMakeUps) return;
  await makeUps.add({
    ...{ id: ids.next(), cohortId, person, attendanceId },
    ...{ sessionId: session.id, sessionNumber: session.number },
    dueSince: clock.now(),
    version: 0,
    state: 'due',
  });
};

/** In the change that ends a session of the group: due for everyone who missed it. */
export const oweMakeUps = async (
  world: Owing,
  records: Records,
  session: Ended,
  cohort: Pick<Cohort, 'id' | 'settings'>,
): Promise<void> => {
  for (const attendance of await records.attendances.ofSession(session.id)) {
    if (isMissed(currentStatus(attendance))) await oweMakeUp(world, records, cohort, session, attendance);
  }
};

/** After a correction: what counts as missed now is due, and what does not any more need not be made up for. */
export const reviewMakeUp = async (
  world: Owing,
  records: Records,
  session: Ended,
  attendance: Attendance,
): Promise<void> => {
  const status = currentStatus(attendance);
  const cohort = await records.cohorts.byId(session.cohortId);
  const makeUp = await records.makeUps.ofAttendance(attendance.id);
  if (makeUp && status !== 'made-up') {
    await saveMakeUp(world, records, makeUp, { kind: isMissed(status) ? 'miss' : 'attend-after-all' });
  }
  if (!makeUp && cohort && isMissed(status)) await oweMakeUp(world, records, cohort, session, attendance);
};
