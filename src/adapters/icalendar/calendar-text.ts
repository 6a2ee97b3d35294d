/** Sessions as iCalendar text (RFC 5545): the same sessions, the same text. */
import ical, { ICalCalendarMethod, type ICalEventData, ICalEventStatus } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import type { FeedEvent } from '../../core/feed.ts';
import { DAY } from '../../core/time.ts';
import { zoneRules } from './zone-rules.ts';

/** What a calendar calls itself, and each session: neutral words, for a screen may be seen by others. */
export interface CalendarNames {
  readonly calendar: string;
  readonly event: string;
}

/** Seconds after which a calendar should look again: what is moved is moved days before, or told otherwise. */
const LOOK_AGAIN = 60 * 60;

const zoned = (moment: Date, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(zone);

const eventData = (event: FeedEvent, summary: string): ICalEventData => ({
  id: event.uid,
  start: zoned(event.startsAt, event.zone),
  end: zoned(event.endsAt, event.zone),
  timezone: event.zone,
  summary,
  sequence: event.sequence,
  status: event.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  stamp: event.updatedAt,
  lastModified: event.updatedAt,
});

/** From the first session to the last: the clocks before and after are nobody's concern here. */
const stretchOf = (events: readonly FeedEvent[]): readonly [Date, Date] => {
  const moments = events.flatMap(({ startsAt, endsAt }) => [startsAt.getTime(), endsAt.getTime()]);
  return [new Date(Math.min(...moments) - DAY), new Date(Math.max(...moments) + DAY)];
};

/** The text that a calendar subscribes to, in lines that end with CR and LF. */
export const calendarText = (names: CalendarNames, events: readonly FeedEvent[]): string => {
  const calendar = ical({
    name: names.calendar,
    prodId: { company: 'Hearth', product: 'Calendar' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: LOOK_AGAIN,
    timezone: {
      name: null,
      generator: (zone) => zoneRules(zone, ...stretchOf(events)),
    },
  });
  for (const event of events) calendar.createEvent(eventData(event, names.event));
  return `${calendar.toString().trimEnd()}\r\n`;
};
