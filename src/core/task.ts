/**
 * What somebody who is responsible for a person is asked to look after, with a checklist; open until they settle it.
 *
 * - Somebody who cannot come, and somebody who did not come, are looked after by their therapist.
 * - Whoever did not come so many times in a row is looked after by the supervisor, too.
 * - A tick is never taken back; what is settled is not opened again.
 */
import type { Standings } from './access.ts';
import type { AttendanceStatus } from './attendance.ts';
import type { Person } from './person.ts';

export const TASK_KINDS = ['absence-told', 'no-show', 'no-shows-in-a-row'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

export const CHECK_ITEMS = [
  'thanked',
  'make-up-considered',
  'phoned',
  'messaged',
  'emergency-contact-considered',
  'spoken-with',
  'therapist-spoken-with',
  'next-step-agreed',
] as const;
export type CheckItem = (typeof CHECK_ITEMS)[number];

/** What may be ticked, by kind; at most five, as buttons stand in a row. */
export const CHECKLISTS: Readonly<Record<TaskKind, readonly CheckItem[]>> = {
  'absence-told': ['thanked', 'make-up-considered', 'next-step-agreed'],
  'no-show': ['phoned', 'messaged', 'emergency-contact-considered', 'spoken-with', 'next-step-agreed'],
  'no-shows-in-a-row': [
    'therapist-spoken-with',
    'emergency-contact-considered',
    'spoken-with',
    'next-step-agreed',
  ],
};

/** How somebody may settle a task. */
export const TASK_OUTCOMES = ['looked-after', 'not-reached', 'not-needed'] as const;
/** `withdrawn`: it was settled by itself, since the person comes after all or the meeting was moved. */
export const SETTLED_AS = [...TASK_OUTCOMES, 'withdrawn'] as const;
export type SettledAs = (typeof SETTLED_AS)[number];

export interface Tick {
  readonly item: CheckItem;
  /** Account. */
  readonly by: string;
  readonly at: Date;
}

export interface Settled {
  readonly outcome: SettledAs;
  /** Account. */
  readonly by: string;
  readonly at: Date;
}

export interface Task {
  readonly id: string;
  readonly cohortId: string;
  /** 1, 2, 3 … in its cohort: how people name it. */
  readonly number: number;
  readonly kind: TaskKind;
  /** Whom it concerns. */
  readonly person: Person;
  readonly assignee: Person;
  /** The meeting to which they cannot come. */
  readonly occurrenceId?: string;
  /** The session to which they did not come. */
  readonly sessionId?: string;
  readonly openedAt: Date;
  /** Each item at most once, in the order in which they were ticked. */
  readonly ticks: readonly Tick[];
  /** Missing while it is open. */
  readonly settled?: Settled;
}

/** Whether somebody may see a task and work on it: it is theirs, or they lead the group. */
export const mayTend = (task: Pick<Task, 'assignee'>, personId: string, standings: Standings): boolean =>
  standings.has('lead') || task.assignee.id === personId;

/** The items that are not ticked yet. */
export const itemsLeft = ({ kind, ticks }: Pick<Task, 'kind' | 'ticks'>): readonly CheckItem[] =>
  CHECKLISTS[kind].filter((item) => ticks.every((tick) => tick.item !== item));

/**
 * In how many sessions in a row, counted back from the last, somebody did not come. What the programme cancelled neither
 * counts nor ends the row.
 */
export const noShowsInARow = (latestFirst: readonly AttendanceStatus[]): number => {
  const counted = latestFirst.filter((status) => status !== 'cancelled');
  const end = counted.findIndex((status) => status !== 'no-show');
  return end === -1 ? counted.length : end;
};
