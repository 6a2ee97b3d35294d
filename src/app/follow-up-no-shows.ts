/** Asks those who are responsible to look after everybody who did not come to a session. */
import { type Attendance, currentStatus } from '../core/attendance.ts';
import { type Cohort, therapistOf } from '../core/cohort.ts';
import type { Person } from '../core/person.ts';
import type { Ended } from '../core/session.ts';
import { noShowsInARow } from '../core/task.ts';
import { between, MINUTE } from '../core/time.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { openTasks, type TaskOpening } from './open-tasks.ts';

export interface Counted {
  readonly cohort: Cohort;
  readonly session: Ended;
  readonly attendances: readonly Attendance[];
}

/** As many sessions as are looked back on: far more than any programme waits for. */
const LOOKED_BACK = 30;

/** The supervisor, or the lead where there is none, once somebody has not come so many times in a row. */
const forSupervisor = async (
  { attendances, tasks }: Pick<Records, 'attendances' | 'tasks'>,
  { cohort, session }: Counted,
  person: Person,
): Promise<readonly TaskOpening[]> => {
  const latest = await attendances.latestOf(cohort.id, person.id, LOOKED_BACK);
  if (noShowsInARow(latest.map(currentStatus)) < cohort.settings.supervisorAfterNoShows) return [];
  const open = await tasks.open(cohort.id);
  // While it is being looked after, one more is no news.
  if (open.some((task) => task.kind === 'no-shows-in-a-row' && task.person.id === person.id)) return [];
  const assignee = cohort.supervisor ?? cohort.lead;
  return [{ kind: 'no-shows-in-a-row', person, assignee, sessionId: session.id }];
};

/** Nobody is missed in a session that was over before they would have counted as late, as when it was opened by mistake. */
const couldBeMissed = ({ session, cohort }: Counted): boolean =>
  between(session.startedAt, session.endedAt) >= cohort.policy.lateAfterMinutes * MINUTE;

/** Opens a task for the therapist of each, and where it is due one for the supervisor; who has left the group is let be. */
export const followUpNoShows = async (
  world: Pick<World, 'ids' | 'clock'>,
  records: Records,
  counted: Counted,
): Promise<void> => {
  if (!couldBeMissed(counted)) return;
  const { cohort, session, attendances } = counted;
  const roster = await records.memberships.roster(cohort.id);
  const openings: TaskOpening[] = [];
  for (const { person } of attendances.filter(({ status }) => status === 'no-show')) {
    const member = roster.find((each) => each.person.id === person.id);
    if (!member) continue;
    const assignee = therapistOf(member, cohort);
    openings.push({ kind: 'no-show', person, assignee, sessionId: session.id });
    openings.push(...(await forSupervisor(records, counted, person)));
  }
  await openTasks(world, records, cohort, { openings, now: session.endedAt });
};
