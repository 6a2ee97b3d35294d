/** What time it is in the sandbox, whose clock can be turned; the outer page tells its windows. */

/** The channel over which windows hear of the state. */
export const STATE = 'state';

let offset = 0;

/** Milliseconds since 1970, by the sandbox. */
export const now = (): number => Date.now() + offset;

/** Takes over what time it is. */
export const setNow = (moment: number): void => {
  offset = moment - Date.now();
};

const STYLES: { readonly [style: string]: Intl.DateTimeFormatOptions } = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

const relative = (seconds: number): string => {
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? (['second', 1] as const);
  return new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' }).format(
    Math.round(seconds / length),
    unit,
  );
};

/** A moment in the reader's own language and zone, in one of the styles of Discord's timestamps. */
export const momentIn = (style: string, moment: number): string =>
  style === 'R'
    ? relative((moment - now()) / 1000)
    : new Intl.DateTimeFormat(undefined, STYLES[style] ?? STYLES['f']).format(moment);

/** The day of a moment, where the reader is. */
export const dayOf = (moment: number): string => new Date(moment).toDateString();
