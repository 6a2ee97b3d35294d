/**
 * Reads days and times as people write them.
 *
 * - `Mon Wed 18:00; Fri 10:00 14:00`: days, then their times; days after times begin anew, with or without a semicolon.
 * - Days: Mon, Monday, Mondays, Mon-Fri, weekdays, weekends, daily. Times: 18:00, 9:30, 6pm, 6:30 pm, noon.
 */
import { allow, type Outcome, refuse } from './outcome.ts';
import type { Slot } from './schedule.ts';
import { isDate, type LocalDate, WEEKDAYS, type Weekday } from './wall-time.ts';

type Weekly = Extract<Slot, { kind: 'weekly' }>;

const MOST_HOURS = 24;
const NOON = 12;

const two = (digits: number): string => String(digits).padStart(2, '0');

const onTheClock = (hour: number, minutes: string): string | undefined =>
  hour < MOST_HOURS && Number(minutes) < 60 ? `${two(hour)}:${minutes}` : undefined;

const halfOf = (hour: number, half: string): number | undefined =>
  hour < 1 || hour > NOON ? undefined : (hour % NOON) + (half.startsWith('p') ? NOON : 0);

/** A time of day as HH:MM, from `18:00`, `9:30`, `6pm`, `6:30 pm` or `noon`; undefined when it is none. */
export const readTime = (written: string): string | undefined => {
  const bare = written.trim().toLowerCase().replaceAll('.', '');
  if (bare === 'noon') return '12:00';
  const [, hours = '', minutes, half] = /^(\d{1,2})(?::(\d{2}))?\s*(am|pm)?$/.exec(bare) ?? [];
  if (hours === '' || (minutes === undefined && half === undefined)) return undefined;
  const hour = half === undefined ? Number(hours) : halfOf(Number(hours), half);
  return hour === undefined ? undefined : onTheClock(hour, minutes ?? '00');
};

/** A day of the calendar, written as YYYY-MM-DD. Refused with `date-unreadable`. */
export const readDate = (written: string): Outcome<LocalDate> => {
  const date = written.trim();
  return isDate(date) ? allow(date) : refuse({ code: 'date-unreadable', written: date });
};

const SPELLINGS: Readonly<Record<Weekday, RegExp>> = {
  mon: /^mon(?:days?)?$/,
  tue: /^tue(?:s|sdays?)?$/,
  wed: /^wed(?:s|nesdays?)?$/,
  thu: /^thu(?:r|rs|rsdays?)?$/,
  fri: /^fri(?:days?)?$/,
  sat: /^sat(?:urdays?)?$/,
  sun: /^sun(?:days?)?$/,
};

const SETS: Readonly<Record<string, readonly Weekday[]>> = {
  weekdays: WEEKDAYS.slice(0, 5),
  weekday: WEEKDAYS.slice(0, 5),
  weekends: WEEKDAYS.slice(5),
  weekend: WEEKDAYS.slice(5),
  daily: WEEKDAYS,
  everyday: WEEKDAYS,
};

const dayOf = (word: string): Weekday | undefined => WEEKDAYS.find((day) => SPELLINGS[day].test(word));

const rangeOf = (word: string): readonly Weekday[] | undefined => {
  const [first, last, ...more] = word.split('-').map(dayOf);
  if (first === undefined || last === undefined || more.length > 0) return undefined;
  const from = WEEKDAYS.indexOf(first);
  const length = (WEEKDAYS.indexOf(last) - from + WEEKDAYS.length) % WEEKDAYS.length;
  // Fri-Mon goes over the end of the week.
  return [...WEEKDAYS, ...WEEKDAYS].slice(from, from + length + 1);
};

/** The days that a word names: `mon`, `mon-fri`, `weekdays`; undefined when it names none. */
export const daysOf = (word: string): readonly Weekday[] | undefined => {
  const one = dayOf(word);
  if (one) return [one];
  return Object.hasOwn(SETS, word) ? SETS[word] : rangeOf(word);
};

/** Said between days and times, and meaning nothing of its own. */
const SMALL_WORDS: ReadonlySet<string> = new Set(['and', 'at', 'on', 'every', 'each', '&', '+']);

const wordsOf = (part: string): readonly string[] =>
  part
    .toLowerCase()
    .replace(/\bevery\s*day\b/g, 'daily')
    // `6 pm` is one time, and `mon - fri` one span of days.
    .replace(/(\d)\s+([ap]\.?m\b)/g, '$1$2')
    .replace(/\s*[-–]\s*/g, '-')
    .split(/[\s,]+/)
    .filter((word) => word !== '' && !SMALL_WORDS.has(word));

interface Reading {
  readonly days: readonly Weekday[];
  readonly times: readonly string[];
}

const slotOf = ({ days, times }: Reading): Weekly => ({
  kind: 'weekly',
  days: WEEKDAYS.filter((day) => days.includes(day)),
  times: [...new Set(times)].toSorted(),
});

/** Each run of days with the times behind it; a word that is neither is what was not understood. */
const readingsOf = (part: string): Outcome<readonly Reading[]> => {
  const readings: Reading[] = [];
  let current: Reading = { days: [], times: [] };
  for (const word of wordsOf(part)) {
    const days = daysOf(word);
    const time = days ? undefined : readTime(word);
    if (!days && time === undefined) return refuse({ code: 'when-unreadable', written: word });
    if (days && current.times.length > 0) {
      readings.push(current);
      current = { days, times: [] };
    } else {
      current = {
        days: [...current.days, ...(days ?? [])],
        times: [...current.times, ...(time === undefined ? [] : [time])],
      };
    }
  }
  return allow([...readings, current]);
};

const slotsOf = (part: string): Outcome<readonly Weekly[]> => {
  const readings = readingsOf(part);
  if (!readings.ok) return readings;
  const halves = readings.value.some(({ days, times }) => days.length === 0 || times.length === 0);
  return halves
    ? refuse({ code: 'when-unreadable', written: part.trim() })
    : allow(readings.value.map(slotOf));
};

/** The slots of a rule; or `when-unreadable` with what was not understood. */
export const readWhen = (written: string): Outcome<readonly Slot[]> => {
  const parts = written.split(/[;\n]/).filter((part) => part.trim() !== '');
  if (parts.length === 0) return refuse({ code: 'when-unreadable', written: written.trim() });
  const slots: Slot[] = [];
  for (const part of parts) {
    const read = slotsOf(part);
    if (!read.ok) return read;
    slots.push(...read.value);
  }
  return allow(slots);
};
