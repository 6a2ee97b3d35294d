/** Sessions as iCalendar text (RFC 5545): the same sessions, the same text. */
import ical, { ICalCalendarMethod, type ICalEventData, ICalEventStatus } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import type { FeedEvent } from '../../core/feed.ts';
import { after, DAY } from '../../core/time.ts';
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

/** Clocks that go back show some times twice, and calendars do not agree on which of them is meant. */
const isShownTwice = (time: Temporal.ZonedDateTime): boolean => {
  const shown = time.toPlainDateTime();
  const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
    shown.toZonedDateTime(time.timeZoneId, { disambiguation }),
  );
  return earlier?.epochMilliseconds !== later?.epochMilliseconds;
};

/** In its own zone; without one, which is in UTC, where its zone would say two things. */
const eventData = (event: FeedEvent, summary: string): ICalEventData => {
  const [start, end] = [zoned(event.startsAt, event.zone), zoned(event.endsAt, event.zone)];
  return {
    id: event.uid,
    start,
    end,
    timezone: isShownTwice(start) || isShownTwice(end) ? null : event.zone,
    summary,
    sequence: event.sequence,
    status: event.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    stamp: event.updatedAt,
    lastModified: event.updatedAt,
  };
};

const EPOCH = new Date(0);

/** From the first session to the last: the clocks before and after are nobody's concern here. */
const stretchOf = (events: readonly FeedEvent[]): readonly [Date, Date] => {
  const moments = events.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]).toSorted((a, b) => +a - +b);
  return [after(moments.at(0) ?? EPOCH, -DAY), after(moments.at(-1) ?? EPOCH, DAY)];
};

/** A calendar's own lines come first, and then its parts: the library would put zones between them. */
const withZones = (text: string, events: readonly FeedEvent[]): string => {
  const parts = text.search(/^(?:BEGIN:VEVENT|END:VCALENDAR)/m);
  // Every calendar has a part, also one in which nothing is planned.
  const zones = events.length > 0 ? new Set(events.map(({ zone }) => zone)) : ['UTC'];
  const rules = [...zones].map((zone) => `${zoneRules(zone, ...stretchOf(events))}\r\n`);
  return text.slice(0, parts) + rules.join('') + text.slice(parts);
};

/** The text that a calendar subscribes to, in lines that end with CR and LF. */
export const calendarText = (names: CalendarNames, events: readonly FeedEvent[]): string => {
  const calendar = ical({
    name: names.calendar,
    prodId: { company: 'Hearth', product: 'Calendar' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: LOOK_AGAIN,
  });
  for (const event of events) calendar.createEvent(eventData(event, names.event));
  return `${withZones(calendar.toString().trimEnd(), events)}\r\n`;
};
