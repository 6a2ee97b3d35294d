/** Time zones by Temporal, and cron expressions by cron-parser, read on a clock without a zone. */
import { CronExpressionParser } from 'cron-parser';
import { Temporal } from 'temporal-polyfill';
import type { Placement, WallTime, Zones } from '../../core/wall-time.ts';

const MINUTES = { smallestUnit: 'minute' } as const;

const place = (wall: WallTime, zone: string): Placement => {
  const local = Temporal.PlainDateTime.from(wall);
  // `compatible`: forward by the gap where the time does not exist, the first where it exists twice.
  const placed = local.toZonedDateTime(zone, { disambiguation: 'compatible' });
  const at = new Date(placed.epochMilliseconds);
  if (!placed.toPlainDateTime().equals(local)) return { at, change: 'moved' };
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  return { at, change: later.epochMilliseconds === placed.epochMilliseconds ? 'none' : 'first' };
};

const wallOf = (moment: Date, zone: string): WallTime =>
  Temporal.Instant.fromEpochMilliseconds(moment.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ ...MINUTES, roundingMode: 'trunc' });

/** Longest that is looked for the next time, so that an expression that names none ends: 29 February comes once in eight years. */
const NEVER_AFTER_YEARS = 9;

const times = function* (expression: string, from: WallTime): Iterable<WallTime> {
  const start = Temporal.PlainDateTime.from(from);
  const end = start.add({ years: NEVER_AFTER_YEARS });
  const asUtc = (local: Temporal.PlainDateTime): Date => new Date(`${local.toString(MINUTES)}Z`);
  const interval = CronExpressionParser.parse(expression, {
    // The parser begins after this moment, and `from` is included.
    currentDate: new Date(asUtc(start).getTime() - 1),
    endDate: asUtc(end),
    tz: 'UTC',
  });
  while (interval.hasNext()) yield interval.next().toDate().toISOString().slice(0, 16);
};

/** H would be another minute each time that it is read. */
const BY_CHANCE = /(?:^|[\s,])H/;

const isParsed = (expression: string): boolean => {
  try {
    CronExpressionParser.parse(expression, { tz: 'UTC' });
    return true;
  } catch {
    // The parser tells that it cannot read an expression by an error, and in no other way.
    return false;
  }
};

/** Well written, and of a day that no month has: the parser takes it for an error, and it only names nothing. */
const isNever = (expression: string): boolean => {
  const [minute, hour, day, month, weekday] = expression.trim().split(/\s+/);
  return (
    isParsed([minute, hour, day, 1, weekday].join(' ')) &&
    isParsed([minute, hour, 1, month, weekday].join(' '))
  );
};

const timesIn = (expression: string): ((from: WallTime) => Iterable<WallTime>) | undefined => {
  if (expression.trim().split(/\s+/).length !== 5 || BY_CHANCE.test(expression)) return undefined;
  if (isParsed(expression)) return (from) => times(expression, from);
  return isNever(expression) ? () => [] : undefined;
};

/** The zones and the cron expressions of the machine that Hearth runs on. */
export const zones: Zones = {
  place,
  wall: wallOf,
  cron: timesIn,
};
