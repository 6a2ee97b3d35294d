/** Days of the calendar as English says them. */
const LONG = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** `1 June 2026`, for a day given as YYYY-MM-DD. */
export const dayName = (day: string): string => LONG.format(new Date(day));
