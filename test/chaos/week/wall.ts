/** Wall clocks by `Intl` alone: whoever looks whether Hearth has the right moments reckons in another way than Hearth. */

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Milliseconds that are added to UTC on the walls of a zone at a moment. */
export const offsetAt = (moment: number, zone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  }).formatToParts(moment);
  const part = (name: string): number => Number(parts.find(({ type }) => type === name)?.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return shown - (moment - (moment % 60_000));
};

/** A day of the week, 0 for Sunday, and HH:MM. */
export interface Wall {
  readonly weekday: number;
  readonly time: string;
}

/** What the walls of a zone show at a moment. */
export const wallAt = (moment: number, zone: string): Wall => {
  const shown = new Date(moment + offsetAt(moment, zone));
  return { weekday: shown.getUTCDay(), time: shown.toISOString().slice(11, 16) };
};

/**
 * When a wall clock shows a time, given as if it were UTC: what it shows twice is meant the first time, and what it never
 * shows is as much later as the clock is put forward.
 */
const momentOf = (shown: number, zone: string): number => {
  const [before, after] = [offsetAt(shown - DAY, zone), offsetAt(shown + DAY, zone)];
  const shows = [shown - before, shown - after].filter((moment) => moment + offsetAt(moment, zone) === shown);
  return shows.length > 0 ? Math.min(...shows) : shown - before;
};

/** The moments that times on the wall name within seven days, the first of them given as YYYY-MM-DD; in order. */
export const momentsOfWeek = (walls: readonly Wall[], zone: string, firstDate: string): readonly number[] =>
  Array.from({ length: 7 }, (_, day) => Date.parse(`${firstDate}T00:00Z`) + day * DAY)
    .flatMap((midnight) =>
      walls
        .filter(({ weekday }) => weekday === new Date(midnight).getUTCDay())
        .map(({ time }) => momentOf(midnight + Date.parse(`1970-01-01T${time}Z`), zone)),
    )
    .toSorted((one, other) => one - other);

/** The first moment of the day, in UTC, on which the clocks of a zone are changed next. */
export const nextChange = (now: number, zone: string): number => {
  let day = now - (now % DAY);
  while (offsetAt(day, zone) === offsetAt(day + DAY, zone)) day += DAY;
  return day;
};

export { DAY, HOUR };
