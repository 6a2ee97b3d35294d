/**
 * Times as a clock on the wall shows them, and how such a time becomes a moment.
 *
 * - A time that does not exist on its day, since clocks go forward over it, moves forward by the gap.
 * - A time that exists twice on its day, since clocks go back over it, happens once: the first time.
 */
import { DAY } from './time.ts';

/** YYYY-MM-DD, in whatever zone is meant. */
export type LocalDate = string;
/** YYYY-MM-DDTHH:MM, in whatever zone is meant; the earlier of two is the smaller text. */
export type WallTime = string;

/** `moved`: the time does not exist on that day; `first`: it exists twice, and the first is meant. */
export type ClockChange = 'none' | 'moved' | 'first';

export interface Placement {
  readonly at: Date;
  readonly change: ClockChange;
}

/** What is known of time zones and of cron expressions. */
export interface Zones {
  /** The moment at which the clocks of a zone show a time. */
  place(wall: WallTime, zone: string): Placement;
  /** What the clocks of a zone show at a moment, seconds left out. */
  wall(moment: Date, zone: string): WallTime;
  /**
   * The times that a cron expression of five fields names, from `from` (included) on, in order; undefined when the
   * expression cannot be read. Ends where it would never name another.
   */
  cron(expression: string): ((from: WallTime) => Iterable<WallTime>) | undefined;
}

const midnight = (date: LocalDate): Date => new Date(`${date}T00:00:00Z`);

/** Whether it is a day of the calendar, written as YYYY-MM-DD. */
export const isDate = (written: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) return false;
  const date = midnight(written);
  // Date makes 2 March of 30 February, so only a day that stays the same is real.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written);
};

/** The day so many days later; earlier, when negative. */
export const addDays = (date: LocalDate, days: number): LocalDate =>
  new Date(midnight(date).getTime() + days * DAY).toISOString().slice(0, 10);

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** The day of the week of a day; never undefined for a real one. */
export const weekdayOf = (date: LocalDate): Weekday => {
  const weekday = WEEKDAYS[(midnight(date).getUTCDay() + 6) % 7];
  if (!weekday) throw new RangeError(`${date} is no day`);
  return weekday;
};

/** The Monday of the week in which a day lies. */
export const mondayOf = (date: LocalDate): LocalDate => addDays(date, -WEEKDAYS.indexOf(weekdayOf(date)));

/** Its day. */
export const dateOf = (wall: WallTime): LocalDate => wall.slice(0, 10);
/** Its time of day, as HH:MM. */
export const timeOf = (wall: WallTime): string => wall.slice(11);
