/**
 * A time zone as a calendar is told of it: every change of its offset within a stretch of time, one by one.
 *
 * They come from the very rules by which sessions are put on the clock. A list of rules from elsewhere may be of another
 * year, and a calendar would then show another hour than the one that was meant.
 */
import { Temporal } from 'temporal-polyfill';

/** As RFC 5545 writes it: `+0530`. */
const offsetOf = ({ offset }: Temporal.ZonedDateTime): string => offset.replaceAll(':', '');

/** What the clocks showed at that moment, by an offset in nanoseconds: `20260329T020000`. */
const shownAt = ({ epochNanoseconds }: Temporal.ZonedDateTime, offset: number): string =>
  new Temporal.ZonedDateTime(epochNanoseconds + BigInt(offset), 'UTC')
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' })
    .replace(/[-:]/g, '');

/** From a change of the clocks on, until the next. */
const observance = (change: Temporal.ZonedDateTime): readonly string[] => {
  const before = change.subtract({ nanoseconds: 1 });
  const kind = change.offsetNanoseconds > before.offsetNanoseconds ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${kind}`,
    `DTSTART:${shownAt(change, before.offsetNanoseconds)}`,
    `TZOFFSETFROM:${offsetOf(before)}`,
    `TZOFFSETTO:${offsetOf(change)}`,
    `END:${kind}`,
  ];
};

const changesWithin = (start: Temporal.ZonedDateTime, end: Date): readonly Temporal.ZonedDateTime[] => {
  // A zone whose clocks never changed had its offset since before there were calendars of this kind.
  const first = start.getTimeZoneTransition('previous') ?? start.withPlainTime().with({ year: 1970 });
  const changes = [first];
  for (let next = start.getTimeZoneTransition('next'); next; next = next.getTimeZoneTransition('next')) {
    if (next.epochMilliseconds > end.getTime()) break;
    changes.push(next);
  }
  return changes;
};

/** A VTIMEZONE that is right from `start` to `end`. */
export const zoneRules = (zone: string, start: Date, end: Date): string => {
  const beginning = Temporal.Instant.fromEpochMilliseconds(start.getTime()).toZonedDateTimeISO(zone);
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    ...changesWithin(beginning, end).flatMap(observance),
    'END:VTIMEZONE',
  ].join('\r\n');
};
