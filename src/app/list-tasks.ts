/** Finds the open tasks that somebody may see: those assigned to them; the lead sees all of the cohort. */
import type { Standings } from '../core/access.ts';
import type { Cohort } from '../core/cohort.ts';
import { therapistOf } from '../core/cohort.ts';
import type { Confidential } from '../core/confidential.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import { mayTend, type Task } from '../core/task.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

export interface TasksAsked {
  readonly cohort: Pick<Cohort, 'id' | 'lead'>;
  readonly asker: Person;
  /** Of the asker, in this cohort. */
  readonly standings: Standings;
}

/** One task, with what its reader may know of it. */
export interface TaskShown {
  readonly task: Task;
  /** When the meeting or the session that it concerns begins or began. */
  readonly when?: Date;
  /** Why the person cannot come; for their therapist alone. */
  readonly reason?: Confidential<string>;
}

/** The open tasks, the oldest first. */
export const listTasks = async (
  { store }: Pick<World, 'store'>,
  { cohort, asker, standings }: TasksAsked,
): Promise<readonly Task[]> =>
  (await store.records.tasks.open(cohort.id)).filter((task) => mayTend(task, asker.id, standings));

/** The task of that number, when the asker may tend it; one that they may not is not there. */
export const tendedTask = async (
  { tasks }: Pick<Records, 'tasks'>,
  { cohort, asker, standings }: TasksAsked,
  number: number,
): Promise<Outcome<Task>> => {
  const task = await tasks.byNumber(cohort.id, number);
  return task && mayTend(task, asker.id, standings) ? allow(task) : refuse({ code: 'no-such-task' });
};

const whenOf = async (
  { occurrences, sessions }: Pick<Records, 'occurrences' | 'sessions'>,
  { occurrenceId, sessionId }: Task,
): Promise<Date | undefined> => {
  if (sessionId !== undefined) return (await sessions.byId(sessionId))?.startedAt;
  return occurrenceId === undefined ? undefined : (await occurrences.byId(occurrenceId))?.startsAt;
};

/** The therapist of the person at this moment; of a meeting for two, the one of the two. */
const isTherapist = async (
  { memberships, occurrences }: Pick<Records, 'memberships' | 'occurrences'>,
  { cohort, asker }: TasksAsked,
  { person, occurrenceId }: Task,
): Promise<boolean> => {
  const meeting = occurrenceId === undefined ? undefined : await occurrences.byId(occurrenceId);
  if (meeting?.individual) return meeting.individual.therapist.id === asker.id;
  const roster = await memberships.roster(cohort.id);
  const member = roster.find((each) => each.person.id === person.id);
  return member !== undefined && therapistOf(member, cohort).id === asker.id;
};

const reasonOf = async (
  records: Records,
  asked: TasksAsked,
  task: Task,
): Promise<Confidential<string> | undefined> => {
  const { occurrenceId, person } = task;
  if (occurrenceId === undefined || !(await isTherapist(records, asked, task))) return undefined;
  return (await records.rsvps.ofPerson(occurrenceId, person.id))?.reason;
};

/** The task with its circumstances, as far as the asker may know of them. */
export const showTask = async (records: Records, asked: TasksAsked, task: Task): Promise<TaskShown> => {
  const [when, reason] = [await whenOf(records, task), await reasonOf(records, asked, task)];
  return { task, ...(when && { when }), ...(reason && { reason }) };
};
