/** Makes a rule of what somebody asks for: what they leave out is taken from the cohort, and from today. */
import type { SessionMinutes } from './agenda.ts';
import type { Cohort } from './cohort.ts';
import { allow, type Outcome, refuse } from './outcome.ts';
import type { Rule, Slot } from './schedule.ts';
import { addDays, dateOf, type LocalDate, type Zones } from './wall-time.ts';
import { readDate, readWhen } from './when.ts';
import { checkZone } from './zone.ts';

/** As it was written; `weeks` counts from the first day. */
export interface ScheduleWish {
  readonly when?: string | undefined;
  /** Expressions, with a semicolon between them. */
  readonly cron?: string | undefined;
  readonly minutes?: SessionMinutes | undefined;
  readonly first?: string | undefined;
  readonly last?: string | undefined;
  readonly weeks?: number | undefined;
  readonly zone?: string | undefined;
}

/** How long a cycle is when nobody says otherwise. */
export const USUAL_WEEKS = 8;

const cronSlots = (written: string): readonly Slot[] =>
  written
    .split(';')
    .map((part) => part.trim().replace(/\s+/g, ' '))
    .filter((part) => part !== '')
    .map((expression) => ({ kind: 'cron', expression }));

const slotsOf = ({ when, cron }: ScheduleWish): Outcome<readonly Slot[]> => {
  const weekly = when === undefined ? allow<readonly Slot[]>([]) : readWhen(when);
  if (!weekly.ok) return weekly;
  const slots = [...weekly.value, ...cronSlots(cron ?? '')];
  return slots.length > 0 ? allow(slots) : refuse({ code: 'no-times-given' });
};

type Dates = Pick<Rule, 'firstDate' | 'lastDate'>;

/** The last day of what begins on the first: as it was written, or so many weeks later. */
export const lastDayOf = (
  { last, weeks }: Pick<ScheduleWish, 'last' | 'weeks'>,
  firstDate: LocalDate,
): Outcome<LocalDate> => {
  if (last === undefined) return allow(addDays(firstDate, 7 * (weeks ?? USUAL_WEEKS) - 1));
  return weeks === undefined ? readDate(last) : refuse({ code: 'last-or-weeks' });
};

const datesOf = (wish: ScheduleWish, today: LocalDate): Outcome<Dates> => {
  const first = wish.first === undefined ? allow(today) : readDate(wish.first);
  if (!first.ok) return first;
  const last = lastDayOf(wish, first.value);
  return last.ok ? allow({ firstDate: first.value, lastDate: last.value }) : last;
};

/** The rule that is asked for, or what of it cannot be read; whether it may stand is another question. */
export const readWish = (
  wish: ScheduleWish,
  cohort: Pick<Cohort, 'zone' | 'sessionMinutes'>,
  { now, zones, names }: { readonly now: Date; readonly zones: Zones; readonly names: readonly string[] },
): Outcome<Rule> => {
  const zone = wish.zone === undefined ? allow(cohort.zone) : checkZone(wish.zone, names);
  if (!zone.ok) return zone;
  const slots = slotsOf(wish);
  if (!slots.ok) return slots;
  const dates = datesOf(wish, dateOf(zones.wall(now, zone.value)));
  if (!dates.ok) return dates;
  const minutes = wish.minutes ?? cohort.sessionMinutes;
  return allow({ slots: slots.value, minutes, zone: zone.value, ...dates.value });
};
