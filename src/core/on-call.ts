/**
 * Who is on call for a group, and when: without both, nobody is told that somebody asks for help, and that is said.
 * An alert climbs: the facilitator on call, the other facilitator, the supervisor, each after so many minutes in which
 * nobody has acknowledged it.
 */
import type { Cohort } from './cohort.ts';
import { allow, type Outcome, refuse } from './outcome.ts';
import type { Person } from './person.ts';
import { addDays, dateOf, timeOf, type WallTime, WEEKDAYS, type Weekday, weekdayOf } from './wall-time.ts';
import { daysOf, readTime } from './when.ts';

/** On these days, from one time of day to another, as HH:MM; over midnight, when it ends no later than it begins. */
export interface Shift {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

/** On the wall clock of the group's zone. */
export type Hours = readonly Shift[];

/** Minutes that go by without an acknowledgement before the next is told, and before all are told again. */
export interface Patience {
  readonly second: number;
  readonly supervisor: number;
  readonly again: number;
}

export const USUAL_PATIENCE: Patience = { second: 2, supervisor: 2, again: 5 };
/** Minutes, both included. */
export const PATIENCE_LIMITS = { least: 1, most: 60 } as const;

export interface OnCall {
  readonly cohortId: string;
  /** One of the two facilitators: told first. */
  readonly first: Person;
  readonly hours: Hours;
  readonly patience: Patience;
  /** Account. */
  readonly setBy: string;
  readonly setAt: Date;
}

const ROUND_THE_CLOCK: Hours = [{ days: WEEKDAYS, from: '00:00', to: '00:00' }];

const shiftOf = (part: string): Shift | undefined => {
  const words = part
    .toLowerCase()
    .replace(/(\d)\s+([ap]\.?m\b)/g, '$1$2')
    .replace(/\s*[-–]\s*/g, '-')
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const days = words.slice(0, -1).map(daysOf);
  const [from, to, ...more] = words.at(-1)?.split('-').map(readTime) ?? [];
  if (days.length === 0 || days.includes(undefined) || !from || !to || more.length > 0) return undefined;
  const named = days.flatMap((each) => each ?? []);
  return { days: WEEKDAYS.filter((day) => named.includes(day)), from, to };
};

/** Hours as people write them: `Mon-Fri 9:00-17:00; Sat 10:00-12:00`, or `always`. */
export const readHours = (written: string): Outcome<Hours> => {
  if (written.trim().toLowerCase() === 'always') return allow(ROUND_THE_CLOCK);
  const parts = written.split(/[;\n]/).filter((part) => part.trim() !== '');
  const shifts = parts.map(shiftOf);
  const wrong = shifts.indexOf(undefined);
  if (parts.length === 0 || wrong !== -1) {
    return refuse({ code: 'hours-unreadable', written: (parts[wrong] ?? written).trim() });
  }
  return allow(shifts.flatMap((shift) => shift ?? []));
};

/** Whether somebody is on call when the clocks of the group's zone show that. */
export const isOnCall = (hours: Hours, wall: WallTime): boolean => {
  const time = timeOf(wall);
  const today = weekdayOf(dateOf(wall));
  const yesterday = weekdayOf(addDays(dateOf(wall), -1));
  return hours.some(({ days, from, to }) => {
    if (from < to) return days.includes(today) && from <= time && time < to;
    return (days.includes(today) && from <= time) || (days.includes(yesterday) && time < to);
  });
};

/** Whether they can be put on call; the supervisor is the last of the ladder, and must be named before. */
export const mayBeOnCall = (
  cohort: Pick<Cohort, 'lead' | 'coFacilitator' | 'supervisor'>,
  account: string,
): Outcome<Person> => {
  const first = [cohort.lead, cohort.coFacilitator].find((each) => each.account === account);
  if (!first) return refuse({ code: 'on-call-is-staff' });
  return cohort.supervisor ? allow(first) : refuse({ code: 'no-supervisor' });
};

/** Who is told, one after the other; never the one who asks. `onCall` missing: the lead first. */
export const ladderOf = (
  { lead, coFacilitator, supervisor }: Pick<Cohort, 'lead' | 'coFacilitator' | 'supervisor'>,
  onCall: Pick<OnCall, 'first'> | undefined,
  asker?: Pick<Person, 'id'>,
): readonly Person[] => {
  const first = onCall?.first ?? lead;
  const second = first.id === lead.id ? coFacilitator : lead;
  const all = [first, second, ...(supervisor ? [supervisor] : [])];
  return all.filter(({ id }, index) => id !== asker?.id && all.findIndex((each) => each.id === id) === index);
};
