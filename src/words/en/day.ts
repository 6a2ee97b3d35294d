/** Days of the calendar as English says them. */
import { dateOf, timeOf, type WallTime } from '../../core/wall-time.ts';

const LONG = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** `1 June 2026`, for a day given as YYYY-MM-DD. */
export const dayName = (day: string): string => LONG.format(new Date(day));

const WITH_WEEKDAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });

/** `Wednesday, 6 May 2026, 18:00`, where no moment can be shown that lives in the reader's own zone. */
export const wallName = (wall: WallTime): string =>
  `${WITH_WEEKDAY.format(new Date(dateOf(wall)))}, ${timeOf(wall)}`;
