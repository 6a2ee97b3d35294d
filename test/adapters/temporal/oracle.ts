/**
 * What a time on a wall clock means, found by looking at what clocks show minute by minute: no Temporal, no code of
 * Hearth, only the offset of a zone at an instant.
 */
import type { OffsetAt } from './tzif.ts';

const MINUTE = 60;
const HOUR = 3_600;
/** Farther than any zone is from UTC, in seconds. */
const FARTHEST = 15 * HOUR;

const FORMATS = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = FORMATS.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset', year: 'numeric' });
  FORMATS.set(zone, made);
  return made;
};

/** The offset that Intl tells, in seconds. */
export const offsetByIntl =
  (zone: string): OffsetAt =>
  (seconds) => {
    const [, sign, hours = '0', minutes = '0'] =
      /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(formatOf(zone).format(seconds * 1_000)) ?? [];
    const size = Number(hours) * HOUR + Number(minutes) * MINUTE;
    return sign === '-' ? -size : size;
  };

/** The offset of each hour, each asked for once; where an hour begins and ends alike, all of it is alike. */
export const remembered = (offsetAt: OffsetAt): OffsetAt => {
  const hours = new Map<number, number>();
  const atHour = (hour: number): number => {
    const known = hours.get(hour);
    if (known !== undefined) return known;
    const offset = offsetAt(hour * HOUR);
    hours.set(hour, offset);
    return offset;
  };
  return (seconds) => {
    const hour = Math.floor(seconds / HOUR);
    const [start, end] = [atHour(hour), atHour(hour + 1)];
    return start === end ? start : offsetAt(seconds);
  };
};

/** The moment in seconds that a time on the wall clock means; `wall` in seconds as though it were UTC. */
export const momentOf = (wall: number, offsetAt: OffsetAt): number => {
  const [before, after] = [offsetAt(wall - FARTHEST), offsetAt(wall + FARTHEST)];
  const quiet = before === after && offsetAt(wall - before) === before;
  if (quiet) return wall - before;
  for (let at = wall - FARTHEST; at <= wall + FARTHEST; at += MINUTE) {
    const shows = at + offsetAt(at);
    if (shows === wall) return at;
    // The clocks have gone over it: as much later as it lies behind the last minute before they did.
    if (shows > wall) return at + (wall - (at - MINUTE + offsetAt(at - MINUTE) + MINUTE));
  }
  throw new Error('no clock ever comes so far');
};
